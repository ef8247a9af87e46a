// The withdrawn stretches of records that were about nodes with these ids.
// mode: read
// params: ids
// returns: record
UNWIND $ids AS id
MATCH (w:WithdrawnRecord {node: id})
RETURN properties(w) AS record
