// Source records by key, with all that is stored of them.
// mode: read
// params: keys
// returns: record
UNWIND $keys AS key
MATCH (s:SourceRecord {key: key})
RETURN properties(s) AS record
