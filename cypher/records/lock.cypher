// Takes the one lock every fact-writing transaction holds: writers queue, readers do not.
// mode: write
// params:
// returns:
MERGE (l:WriteLock {id: 'facts'})
SET l.turn = coalesce(l.turn, 0) + 1
