// Remembers that those with these fingerprints objected, should they be met again as somebody new.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MERGE (o:Objection {fingerprint: row.fingerprint})
ON CREATE SET o.at = row.at
