MATCH (a:Person)-[r:TIE]->(b:Person)
RETURN a.id AS a, b.id AS b, properties(r) AS properties
