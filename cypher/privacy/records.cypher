// Source records by key, as they are stored, with the node that each describes.
// mode: read
// params: keys
// returns: record, element, says
UNWIND $keys AS key
MATCH (s:SourceRecord {key: key})-[:DESCRIBES]->(n)
RETURN properties(s) AS record, elementId(n) AS element, properties(n) AS says
