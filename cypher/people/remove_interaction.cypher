// Removes one interaction of a person and marks both ends for derivation.
// mode: write
// params: start, end, key
// returns:
MATCH (a:Person {id: $start})-[r:INTERACTED]-(b:Person)
WHERE b.id = $end AND r.key = $key
SET a.pending = true, b.pending = true
DELETE r
