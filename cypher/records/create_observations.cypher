// Creates observations with their identities and the source records that describe them.
// mode: write
// params: rows
// returns: id, element
UNWIND $rows AS row
CREATE (n:Observation)
SET n = row.properties
FOREACH (identity IN row.identities | CREATE (i:Identity)-[:IDENTIFIES]->(n) SET i = identity)
FOREACH (record IN row.records | CREATE (s:SourceRecord)-[:DESCRIBES]->(n) SET s = record)
RETURN n.id AS id, elementId(n) AS element
