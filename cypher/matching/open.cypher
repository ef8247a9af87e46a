// Open questions whether two people are one, the most probable first, after a place in that order.
// mode: read
// params: after_score, after_id, limit
// returns: candidate, a, b
MATCH (c:MatchCandidate {state: 'open'})
WHERE c.score < $after_score OR (c.score = $after_score AND c.id > $after_id)
MATCH (a:Person)<-[:COMPARES]-(c)-[:COMPARES]->(b:Person)
WHERE a.id < b.id
RETURN c {.id, .score, .reasons, .run, .found_on} AS candidate, a.id AS a, b.id AS b
ORDER BY candidate.score DESC, candidate.id LIMIT $limit
