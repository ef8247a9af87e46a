UNWIND $ids AS id
MATCH (p:Person {id: id})
SET p.pending = true
