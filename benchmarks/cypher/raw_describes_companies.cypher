UNWIND $rows AS row
MATCH (s:SourceRecord {key: row.key})
MATCH (n:Company {id: row.id})
CREATE (s)-[:DESCRIBES]->(n)
