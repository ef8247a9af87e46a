// The person behind each identity key; keys nobody has are left out.
// mode: read
// params: keys
// returns: key, person
UNWIND $keys AS key
MATCH (:Identity {key: key})-[:IDENTIFIES]->(p:Person)
RETURN key, p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person
