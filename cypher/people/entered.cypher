// What was entered by hand about a person itself, and under which key.
// mode: read
// params: id, dataset
// returns: key, fields
MATCH (n:Person {id: $id})<-[:DESCRIBES]-(s:SourceRecord {dataset: $dataset})
RETURN s.key AS key, s.fields AS fields
ORDER BY s.key LIMIT 1
