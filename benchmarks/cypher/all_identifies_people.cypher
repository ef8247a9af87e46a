MATCH (i:Identity)-[:IDENTIFIES]->(n:Person)
RETURN i.key AS key, n.id AS id
