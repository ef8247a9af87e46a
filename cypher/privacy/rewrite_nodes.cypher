// Sets texts of nodes anew.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (n) WHERE elementId(n) = row.element
SET n += row.properties
