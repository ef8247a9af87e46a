// The withdrawn stretches of source records.
// mode: read
// params: keys
// returns: record
UNWIND $keys AS key
MATCH (w:WithdrawnRecord {key: key})
RETURN properties(w) AS record
