// Hands all identities of one node to another.
// mode: write
// params: old, new
// returns:
MATCH (a) WHERE elementId(a) = $old
MATCH (b) WHERE elementId(b) = $new
MATCH (i:Identity)-[d:IDENTIFIES]->(a)
DELETE d
CREATE (i)-[:IDENTIFIES]->(b)
