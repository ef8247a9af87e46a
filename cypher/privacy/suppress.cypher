// Puts fingerprints on the list of people not to be stored; one that is on it for good stays so.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MERGE (s:Suppression {fingerprint: row.fingerprint})
ON CREATE SET s.reason = row.reason, s.at = row.at, s.batch = row.batch, s.until = row.until
ON MATCH SET s.reason = CASE WHEN row.until IS NULL THEN row.reason ELSE s.reason END,
             s.until = CASE WHEN row.until IS NULL OR s.until IS NULL THEN null ELSE row.until END
