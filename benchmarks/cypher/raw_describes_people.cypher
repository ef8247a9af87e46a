UNWIND $rows AS row
MATCH (s:SourceRecord {key: row.key})
MATCH (n:Person {id: row.id})
CREATE (s)-[:DESCRIBES]->(n)
