// Remembers the fingerprints of names: rows that read like them are not shown among the refused ones.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MERGE (s:SuppressedName {fingerprint: row.fingerprint})
ON CREATE SET s.batch = row.batch
