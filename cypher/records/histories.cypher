// Source records as they are stored.
// mode: read
// params: keys
// returns: record
UNWIND $keys AS key
MATCH (s:SourceRecord {key: key})
RETURN properties(s) AS record
