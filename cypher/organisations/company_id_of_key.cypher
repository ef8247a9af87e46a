// The id of the company behind an identity key.
// mode: read
// params: key
// returns: id
MATCH (:Identity {key: $key})-[:IDENTIFIES]->(n:Company)
RETURN n.id AS id
