MATCH (s:SourceRecord)-[:DESCRIBES]->(n:Person)
RETURN s.key AS key, n.id AS id
