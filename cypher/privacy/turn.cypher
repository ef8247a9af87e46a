// Marks the lists of fingerprints as changed: whoever remembers them reads them anew.
// mode: write
// params: turn
// returns: check
MERGE (k:PrivacyKey {id: 'privacy'})
SET k.turn = $turn
RETURN k.check AS check
