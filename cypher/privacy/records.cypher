// Source records by key, as they came.
// mode: read
// params: keys
// returns: key, source, dataset, said, private_to
UNWIND $keys AS key
MATCH (s:SourceRecord {key: key})
RETURN s.key AS key, s.source AS source, s.dataset AS dataset, s.said AS said, s.private_to AS private_to
