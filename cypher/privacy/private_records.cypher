// The keys of records that only one of these people may use: a scan of all records.
// mode: read
// params: ids
// returns: key
MATCH (s:SourceRecord)
WHERE s.private_to IN $ids
RETURN s.key AS key
