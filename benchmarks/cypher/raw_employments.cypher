UNWIND $rows AS row
MATCH (p:Person {id: row.person})
MATCH (c:Company {id: row.company})
CREATE (p)-[r:WORKED_AT]->(c)
SET r = row.properties
