// Sets texts of alliances anew.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (a) WHERE elementId(a) = row.anchor
MATCH (a)-[r:ALLIED]->() WHERE elementId(r) = row.element
SET r += row.properties
