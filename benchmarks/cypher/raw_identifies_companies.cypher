UNWIND $rows AS row
MATCH (i:Identity {key: row.key})
MATCH (n:Company {id: row.id})
CREATE (i)-[:IDENTIFIES]->(n)
