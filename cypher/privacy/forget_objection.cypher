// Forgets fingerprints of an objection that was withdrawn.
// mode: write
// params: fingerprints
// returns:
UNWIND $fingerprints AS fingerprint
MATCH (o:Objection {fingerprint: fingerprint})
DETACH DELETE o
