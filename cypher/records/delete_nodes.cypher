// Removes nodes that nothing supports any more, with their identities and ties.
// mode: write
// params: elements
// returns:
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
OPTIONAL MATCH (i:Identity)-[:IDENTIFIES]->(n)
DETACH DELETE i, n
