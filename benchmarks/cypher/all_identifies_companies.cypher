MATCH (i:Identity)-[:IDENTIFIES]->(n:Company)
RETURN i.key AS key, n.id AS id
