// Keeps withdrawn source records aside, with the nodes that they told of.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
CREATE (w:WithdrawnRecord)
SET w = row.properties
WITH w, row
UNWIND row.elements AS element
MATCH (n) WHERE elementId(n) = element
CREATE (w)-[:TOLD_OF]->(n)
