// The id of the person behind an identity key.
// mode: read
// params: key
// returns: id
MATCH (:Identity {key: $key})-[:IDENTIFIES]->(n:Person)
RETURN n.id AS id
