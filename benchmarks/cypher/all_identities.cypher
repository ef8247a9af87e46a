MATCH (n:Identity)
RETURN properties(n) AS properties
