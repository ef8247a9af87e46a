// The withdrawn stretches of records that told of these nodes.
// mode: read
// params: elements
// returns: record
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
MATCH (w:WithdrawnRecord)-[:TOLD_OF]->(n)
RETURN DISTINCT properties(w) AS record
