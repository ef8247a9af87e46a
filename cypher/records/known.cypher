// Which of these source records are stored, and what they said (by content hash).
// mode: read
// params: keys
// returns: key, hash, private_to, dataset
UNWIND $keys AS key
MATCH (s:SourceRecord {key: key})
RETURN s.key AS key, s.hash AS hash, s.private_to AS private_to, s.dataset AS dataset
