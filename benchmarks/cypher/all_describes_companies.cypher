MATCH (s:SourceRecord)-[:DESCRIBES]->(n:Company)
RETURN s.key AS key, n.id AS id
