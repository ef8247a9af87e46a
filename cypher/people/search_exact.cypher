// People whose normalised name is the searched one, by id.
// mode: read
// params: text, after_id, limit
// returns: person, name
MATCH (p:Person)
WHERE p.search_name = $text AND p.id > $after_id
RETURN p {.id, .name, .headline, .location, .team_member, .objected} AS person, p.search_name AS name
ORDER BY p.id LIMIT $limit
