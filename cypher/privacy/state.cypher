// Which key fingerprints are made with, and a mark that changes with every change of the lists.
// mode: read
// params:
// returns: check, turn
MATCH (k:PrivacyKey {id: 'privacy'})
RETURN k.check AS check, k.turn AS turn
