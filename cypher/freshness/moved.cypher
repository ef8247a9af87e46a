// Datasets with a record that told of another post of its person since a day, the newest first, as far as the caller
// may know.
// mode: read
// params: since, viewer, sees, limit
// returns: id, dataset
MATCH (s:SourceRecord)
WHERE s.moved_on >= $since AND (s.private_to IS NULL OR s.private_to = $viewer)
MATCH (s)-[:DESCRIBES]->(p:Person)
WHERE coalesce(p.objected, false) = false AND (p.known_to IS NULL OR $sees = '*' OR $sees IN p.known_to)
WITH s, p ORDER BY s.moved_on DESC, s.key LIMIT $limit
RETURN DISTINCT p.id AS id, s.dataset AS dataset
