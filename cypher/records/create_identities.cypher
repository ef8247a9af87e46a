// Gives known nodes further identities; a key belongs to one node for good.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (n) WHERE elementId(n) = row.element
CREATE (i:Identity)-[:IDENTIFIES]->(n)
SET i = row.properties
