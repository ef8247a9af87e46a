// Deletes source records for good.
// mode: write
// params: keys
// returns:
UNWIND $keys AS key
MATCH (s:SourceRecord {key: key})
DETACH DELETE s
