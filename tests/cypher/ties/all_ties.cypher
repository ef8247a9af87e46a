// Reads every tie.
MATCH (a:Person)-[t:TIE]->(b:Person) RETURN a.id AS a, b.id AS b, properties(t) AS tie
