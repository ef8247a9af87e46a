UNWIND $ids AS id
MATCH (p:Person {id: id})
SET p.team_member = true
