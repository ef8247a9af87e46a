// Says which of these ids are people.
// mode: read
// params: ids
// returns: id
UNWIND $ids AS id
MATCH (p:Person {id: id})
RETURN p.id AS id
