UNWIND $rows AS row
MATCH (i:Identity {key: row.key})
MATCH (n:Person {id: row.id})
CREATE (i)-[:IDENTIFIES]->(n)
