// Stores new source records beside the known node that they describe.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (n) WHERE elementId(n) = row.element
CREATE (s:SourceRecord)-[:DESCRIBES]->(n)
SET s = row.properties
