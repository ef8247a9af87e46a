// Everybody who bears one of these normalised names, up to a limit a name, by id.
// mode: read
// params: names, limit
// returns: name, people
UNWIND $names AS name
MATCH (p:Person {search_name: name})
WITH name, p ORDER BY p.id
RETURN name, collect(p {.id, .name, .headline, .location, .team_member, .objected, .known_to})[0..$limit] AS people
