// Lets identities mean other nodes.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (i:Identity {key: row.key})-[d:IDENTIFIES]->()
DELETE d
WITH row, i
MATCH (n) WHERE elementId(n) = row.element
CREATE (i)-[:IDENTIFIES]->(n)
