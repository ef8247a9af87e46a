// People by their ids; ids nobody has are left out.
// mode: read
// params: ids
// returns: id, person
UNWIND $ids AS id
MATCH (p:Person {id: id})
RETURN id, p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person
