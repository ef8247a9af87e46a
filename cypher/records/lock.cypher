// Takes the one lock every fact-writing transaction holds (writers queue, readers do not), and counts its turn.
// mode: write
// params:
// returns: turn
MERGE (l:WriteLock {id: 'facts'})
SET l.turn = coalesce(l.turn, 0) + 1
RETURN l.turn AS turn
