// The node behind each identity key, with what is shown of it.
// mode: read
// params: keys
// returns: key, element, properties
UNWIND $keys AS key
MATCH (i:Identity {key: key})-[:IDENTIFIES]->(n)
RETURN i.key AS key, elementId(n) AS element, properties(n) AS properties
