// The identity keys of these nodes.
// mode: read
// params: elements
// returns: element, keys
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
MATCH (i:Identity)-[:IDENTIFIES]->(n)
RETURN element, collect(i.key) AS keys
