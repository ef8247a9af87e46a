// Lets source records describe other nodes.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (s:SourceRecord {key: row.key})-[d:DESCRIBES]->()
DELETE d
WITH row, s
MATCH (n) WHERE elementId(n) = row.element
CREATE (s)-[:DESCRIBES]->(n)
