// Sets what is shown of nodes, and marks those whose ties must be derived again.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (n) WHERE elementId(n) = row.element
SET n += row.properties
