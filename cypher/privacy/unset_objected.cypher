// Notes that a person may be approached again.
// mode: write
// params: id
// returns: keys
MATCH (p:Person {id: $id})
SET p.objected = null, p.objected_on = null
WITH p
OPTIONAL MATCH (i:Identity)-[:IDENTIFIES]->(p)
RETURN collect(i.key) AS keys
