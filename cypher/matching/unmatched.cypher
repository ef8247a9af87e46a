// People who are new or changed since they were last compared with all others, those known longest first.
// mode: read
// params: limit
// returns: id
MATCH (p:Person {unmatched: true})
RETURN p.id AS id
ORDER BY id LIMIT $limit
