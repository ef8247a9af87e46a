// The id of the project behind an identity key.
// mode: read
// params: key
// returns: id
MATCH (:Identity {key: $key})-[:IDENTIFIES]->(n:Project)
RETURN n.id AS id
