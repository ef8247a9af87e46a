// Notes that a person does not want to be approached; the day of the first time stays.
// mode: write
// params: id, on
// returns: keys
MATCH (p:Person {id: $id})
SET p.objected = true, p.objected_on = coalesce(p.objected_on, $on)
WITH p
OPTIONAL MATCH (i:Identity)-[:IDENTIFIES]->(p)
RETURN collect(i.key) AS keys
