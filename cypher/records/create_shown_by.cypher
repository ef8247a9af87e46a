// Creates SHOWN_BY facts between nodes that are known to exist.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (a) WHERE elementId(a) = row.start
MATCH (b) WHERE elementId(b) = row.end
CREATE (a)-[r:SHOWN_BY]->(b)
SET r = row.properties
