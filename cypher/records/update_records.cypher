// Stores what a known source record says now, and which node it describes now.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (s:SourceRecord {key: row.properties.key})-[d:DESCRIBES]->()
DELETE d
WITH row, s
MATCH (n) WHERE elementId(n) = row.element
CREATE (s)-[:DESCRIBES]->(n)
SET s += row.properties
