// Reads people by id, as much of them as a path shows.
// mode: read
// params: ids
// returns: person
UNWIND $ids AS wanted
MATCH (p:Person {id: wanted})
RETURN p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person
