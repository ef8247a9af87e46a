// Deletes nodes for good, with their identities and the records that describe them.
// mode: write
// params: elements
// returns:
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
OPTIONAL MATCH (i:Identity)-[:IDENTIFIES]->(n)
OPTIONAL MATCH (s:SourceRecord)-[:DESCRIBES]->(n)
DETACH DELETE i, s, n
