// Notes that decisions do not hold any more.
// mode: write
// params: ids, at
// returns:
UNWIND $ids AS id
MATCH (d:Decision {id: id})
SET d.ended = $at
