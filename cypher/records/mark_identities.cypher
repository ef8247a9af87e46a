// Marks identities to be looked at when a run is undone.
// mode: write
// params: keys, run
// returns:
UNWIND $keys AS key
MATCH (i:Identity {key: key})
SET i.undone_by = $run
