// Remembers that a source record told of nodes before that it does not mention any more.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (s:SourceRecord {key: row.key})
MATCH (n) WHERE elementId(n) = row.element
CREATE (s)-[:TOLD_OF]->(n)
