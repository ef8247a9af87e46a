// The node that each of these source records describes, and what it says of it.
// mode: read
// params: keys
// returns: key, element, label, properties, fields, record
UNWIND $keys AS key
MATCH (s:SourceRecord {key: key})-[:DESCRIBES]->(n)
RETURN s.key AS key, elementId(n) AS element, labels(n)[0] AS label, properties(n) AS properties, s.fields AS fields,
       properties(s) AS record
