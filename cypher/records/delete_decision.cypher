// Forgets a decision.
// mode: write
// params: id
// returns:
MATCH (d:Decision {id: $id})
DELETE d
