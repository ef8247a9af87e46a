// Marks places whose ties must be derived again.
// mode: write
// params: elements
// returns:
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
SET n.pending = true
