// Records that told of another post of their person since a day, the newest first, as far as the caller may know.
// mode: read
// params: since, viewer, sees, limit
// returns: record, person
MATCH (s:SourceRecord)
WHERE s.moved_on >= $since AND (s.private_to IS NULL OR s.private_to = $viewer)
MATCH (s)-[:DESCRIBES]->(p:Person)
WHERE coalesce(p.objected, false) = false AND (p.known_to IS NULL OR $sees = '*' OR $sees IN p.known_to)
RETURN s {.key, .source, .home, .said, .earlier, .earlier_readings, .runs, .readings, .private_to, .verified} AS record,
       p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person
ORDER BY s.moved_on DESC, s.key LIMIT $limit
