// Notes that people were told that they are stored.
// mode: write
// params: ids, on
// returns: id
UNWIND $ids AS id
MATCH (p:Person {id: id})
SET p.noticed_on = $on
RETURN p.id AS id
