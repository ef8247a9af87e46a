// In which batches these fingerprints were put on the list of people not to be stored.
// mode: read
// params: fingerprints
// returns: batch
UNWIND $fingerprints AS fingerprint
MATCH (s:Suppression {fingerprint: fingerprint})
RETURN DISTINCT s.batch AS batch
