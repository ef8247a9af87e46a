// What people are compared by: their names and places.
// mode: read
// params: ids
// returns: id, name, location
UNWIND $ids AS id
MATCH (p:Person {id: id})
RETURN id, p.name AS name, p.location AS location
