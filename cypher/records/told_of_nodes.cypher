// The nodes that only earlier versions of these source records told of.
// mode: read
// params: keys
// returns: key, element
UNWIND $keys AS key
MATCH (s:SourceRecord {key: key})-[:TOLD_OF]->(n)
RETURN DISTINCT key, elementId(n) AS element
