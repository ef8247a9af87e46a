MATCH (p:Person)-[r:WORKED_AT]->(c:Company)
RETURN p.id AS person, c.id AS company, properties(r) AS properties
