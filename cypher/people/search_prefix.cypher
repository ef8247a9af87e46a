// People whose normalised name goes on from the searched text, by name.
// mode: read
// params: text, after_name, after_id, limit, sees
// returns: person, name
MATCH (p:Person)
WHERE p.search_name STARTS WITH $text AND p.search_name <> $text
  AND (p.search_name > $after_name OR (p.search_name = $after_name AND p.id > $after_id))
  AND (p.known_to IS NULL OR $sees = '*' OR $sees IN p.known_to)
RETURN p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person, p.search_name AS name
ORDER BY p.search_name, p.id LIMIT $limit
