// All that is stored of a person itself.
// mode: read
// params: id
// returns: person
MATCH (p:Person {id: $id})
RETURN properties(p) AS person
