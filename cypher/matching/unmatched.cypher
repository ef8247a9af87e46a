// People who are new or changed since they were last compared with all others, the oldest first.
// mode: read
// params: after_id, limit
// returns: id
MATCH (p:Person {unmatched: true})
WHERE p.id > $after_id
RETURN p.id AS id
ORDER BY id LIMIT $limit
