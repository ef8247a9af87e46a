// Lets a person take another's place in some introductions.
// mode: write
// params: ids, old, new, old_id, new_id
// returns:
UNWIND $ids AS id
MATCH (a) WHERE elementId(a) = $old
MATCH (b) WHERE elementId(b) = $new
MATCH (n:Introduction {id: id})-[r:ALONG]->(a)
DELETE r
CREATE (n)-[:ALONG]->(b)
SET n.path = [person IN n.path | CASE WHEN person = $old_id THEN $new_id ELSE person END]
