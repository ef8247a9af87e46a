// Removes one alliance of a person and marks both ends for derivation.
// mode: write
// params: start, end, key
// returns:
MATCH (a:Person {id: $start})-[r:ALLIED]-(b:Person)
WHERE b.id = $end AND r.key = $key AND (startNode(r).id = $start OR NOT coalesce(r.directed, false))
SET a.pending = true, b.pending = true
DELETE r
