// How many source records a dataset holds.
// mode: read
// params: dataset
// returns: records
MATCH (s:SourceRecord {dataset: $dataset})
RETURN count(s) AS records
