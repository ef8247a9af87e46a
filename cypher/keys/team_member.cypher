// Finds a person who is one of the team.
// mode: read
// params: id
// returns: id
MATCH (p:Person {id: $id})
WHERE p.team_member
RETURN p.id AS id
