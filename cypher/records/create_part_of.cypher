// Creates PART_OF facts between nodes that are known to exist.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (a) WHERE elementId(a) = row.start
MATCH (b) WHERE elementId(b) = row.end
CREATE (a)-[r:PART_OF]->(b)
SET r = row.properties
