// What was entered by hand about the node behind an identity key, and under which key.
// mode: read
// params: key, dataset
// returns: key, fields
MATCH (:Identity {key: $key})-[:IDENTIFIES]->(n)<-[:DESCRIBES]-(s:SourceRecord {dataset: $dataset})
RETURN s.key AS key, s.fields AS fields
ORDER BY s.key LIMIT 1
