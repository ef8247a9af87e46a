// Source records by their keys, as far as the viewer may know.
// mode: read
// params: keys, viewer
// returns: key, source, dataset, seen_on, verified, run, reading
UNWIND $keys AS key
MATCH (s:SourceRecord {key: key})
WHERE s.private_to IS NULL OR s.private_to = $viewer
RETURN s.key AS key, s.source AS source, s.dataset AS dataset, s.seen_on AS seen_on, s.verified AS verified,
       s.run AS run, last(s.readings) AS reading
