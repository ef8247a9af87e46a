// Lets a person take another's place in all introductions.
// mode: write
// params: old, new, old_id, new_id
// returns: id
MATCH (a) WHERE elementId(a) = $old
MATCH (b) WHERE elementId(b) = $new
MATCH (n:Introduction)-[r:ALONG]->(a)
DELETE r
CREATE (n)-[:ALONG]->(b)
SET n.path = [person IN n.path | CASE WHEN person = $old_id THEN $new_id ELSE person END]
RETURN n.id AS id
