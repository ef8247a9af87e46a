// The node behind each identity key, with what is shown of it, and the run that named the identity last.
// mode: read
// params: keys
// returns: key, element, properties, named_by
UNWIND $keys AS key
MATCH (i:Identity {key: key})-[:IDENTIFIES]->(n)
RETURN i.key AS key, elementId(n) AS element, properties(n) AS properties, last(i.runs) AS named_by
