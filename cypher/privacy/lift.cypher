// Takes all fingerprints that were put on the list together with one of these off it.
// mode: write
// params: fingerprints
// returns: batch
UNWIND $fingerprints AS fingerprint
MATCH (s:Suppression {fingerprint: fingerprint})
WITH DISTINCT s.batch AS batch
MATCH (s:Suppression {batch: batch})
DETACH DELETE s
RETURN DISTINCT batch
