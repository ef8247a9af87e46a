// Notes the check value of the key that fingerprints are made with, unless there is one already.
// mode: write
// params: check
// returns: check
MERGE (k:PrivacyKey {id: 'privacy'})
ON CREATE SET k.check = $check
RETURN k.check AS check
