MATCH (a:Person)-[:TIE]-()
RETURN a.id AS id, count(*) AS ties
