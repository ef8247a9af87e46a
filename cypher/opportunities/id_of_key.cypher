// The id of the opportunity behind an identity key.
// mode: read
// params: key
// returns: id
MATCH (:Identity {key: $key})-[:IDENTIFIES]->(n:Opportunity)
RETURN n.id AS id
