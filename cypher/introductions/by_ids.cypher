// Introductions by id.
// mode: read
// params: ids
// returns: introduction
UNWIND $ids AS id
MATCH (n:Introduction {id: id})
RETURN properties(n) AS introduction
