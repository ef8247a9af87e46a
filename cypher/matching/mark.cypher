// Marks people to be compared with all others.
// mode: write
// params: ids
// returns:
UNWIND $ids AS id
MATCH (p:Person {id: id})
SET p.unmatched = true
