// When each of these source records was read last, and as of when its run was collected.
// mode: read
// params: keys
// returns: key, reading, seen_on, collected_on, verified
UNWIND $keys AS key
MATCH (s:SourceRecord {key: key})
OPTIONAL MATCH (run:ImportRun {id: s.run})
RETURN s.key AS key, last(s.readings) AS reading, s.seen_on AS seen_on, run.collected_on AS collected_on,
       coalesce(s.verified, false) AS verified
