// What was entered by hand about an opportunity itself, and under which key.
// mode: read
// params: id, dataset
// returns: key, fields
MATCH (n:Opportunity {id: $id})<-[:DESCRIBES]-(s:SourceRecord {dataset: $dataset})
RETURN s.key AS key, s.fields AS fields
ORDER BY s.key LIMIT 1
