// Datasets of which a run since a day withdrew a record about a person and read another about them, the newest first.
// mode: read
// params: since, viewer, sees, limit
// returns: id, dataset
MATCH (w:WithdrawnRecord)
WHERE w.withdrawn_on >= $since AND (w.private_to IS NULL OR w.private_to = $viewer)
MATCH (w)-[:TOLD_OF]->(p:Person {id: w.node})
WHERE coalesce(p.objected, false) = false AND (p.known_to IS NULL OR $sees = '*' OR $sees IN p.known_to)
MATCH (p)<-[:DESCRIBES]-(s:SourceRecord {dataset: w.dataset})
WHERE w.withdrawn_by IN s.runs OR w.withdrawn_by IN coalesce(s.earlier_runs, [])
WITH DISTINCT w, p ORDER BY w.withdrawn_on DESC, w.id LIMIT $limit
RETURN DISTINCT p.id AS id, w.dataset AS dataset
