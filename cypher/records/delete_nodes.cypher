// Removes nodes that nothing supports any more, with their identities, ties and open questions of matching.
// mode: write
// params: elements
// returns:
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
OPTIONAL MATCH (i:Identity)-[:IDENTIFIES]->(n)
OPTIONAL MATCH (c:MatchCandidate)-[:COMPARES]->(n)
DETACH DELETE i, c, n
