// Source records of one dataset that this run did not read, with the node each describes.
// mode: read
// params: dataset, run, limit
// returns: key, element, label, properties, fields, record
MATCH (s:SourceRecord {dataset: $dataset})-[:DESCRIBES]->(n)
WHERE s.run <> $run
RETURN s.key AS key, elementId(n) AS element, labels(n)[0] AS label, properties(n) AS properties, s.fields AS fields,
       properties(s) AS record
LIMIT $limit
