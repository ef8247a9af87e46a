// Puts fingerprints on the list of people not to be stored, as one that is on it: they are of the same person.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (known:Suppression {fingerprint: row.beside})
MERGE (s:Suppression {fingerprint: row.fingerprint})
ON CREATE SET s.reason = known.reason, s.at = known.at, s.batch = known.batch, s.until = known.until
