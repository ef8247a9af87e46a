// People whose normalised name is the searched one, by id.
// mode: read
// params: text, after_id, limit, sees
// returns: person, name
MATCH (p:Person)
WHERE p.search_name = $text AND p.id > $after_id
  AND (p.known_to IS NULL OR $sees = '*' OR $sees IN p.known_to)
RETURN p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person, p.search_name AS name
ORDER BY p.id LIMIT $limit
