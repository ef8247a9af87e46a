// People where each searched word begins a word of the name; `anchor`, one of the words, finds them by an index.
// Each branch gives the first of its own, so the caller sorts and cuts (five branches: an UNWIND or a subquery
// would keep the embedded engine from its indexes).
// mode: read
// params: text, anchor, words, after_name, after_id, limit, sees
// returns: person, name
MATCH (p:Person)
WHERE p.search_last STARTS WITH $anchor
  AND NOT p.search_name STARTS WITH $text AND all(w IN $words WHERE (' ' + p.search_name) CONTAINS (' ' + w))
  AND (p.search_name > $after_name OR (p.search_name = $after_name AND p.id > $after_id))
  AND (p.known_to IS NULL OR $sees = '*' OR $sees IN p.known_to)
RETURN p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person, p.search_name AS name
ORDER BY name, p.id LIMIT $limit
UNION
MATCH (p:Person)
WHERE p.search_name STARTS WITH $anchor
  AND NOT p.search_name STARTS WITH $text AND all(w IN $words WHERE (' ' + p.search_name) CONTAINS (' ' + w))
  AND (p.search_name > $after_name OR (p.search_name = $after_name AND p.id > $after_id))
  AND (p.known_to IS NULL OR $sees = '*' OR $sees IN p.known_to)
RETURN p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person, p.search_name AS name
ORDER BY name, p.id LIMIT $limit
UNION
MATCH (p:Person)
WHERE p.search_word2 STARTS WITH $anchor
  AND NOT p.search_name STARTS WITH $text AND all(w IN $words WHERE (' ' + p.search_name) CONTAINS (' ' + w))
  AND (p.search_name > $after_name OR (p.search_name = $after_name AND p.id > $after_id))
  AND (p.known_to IS NULL OR $sees = '*' OR $sees IN p.known_to)
RETURN p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person, p.search_name AS name
ORDER BY name, p.id LIMIT $limit
UNION
MATCH (p:Person)
WHERE p.search_word3 STARTS WITH $anchor
  AND NOT p.search_name STARTS WITH $text AND all(w IN $words WHERE (' ' + p.search_name) CONTAINS (' ' + w))
  AND (p.search_name > $after_name OR (p.search_name = $after_name AND p.id > $after_id))
  AND (p.known_to IS NULL OR $sees = '*' OR $sees IN p.known_to)
RETURN p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person, p.search_name AS name
ORDER BY name, p.id LIMIT $limit
UNION
MATCH (p:Person)
WHERE p.search_word4 STARTS WITH $anchor
  AND NOT p.search_name STARTS WITH $text AND all(w IN $words WHERE (' ' + p.search_name) CONTAINS (' ' + w))
  AND (p.search_name > $after_name OR (p.search_name = $after_name AND p.id > $after_id))
  AND (p.known_to IS NULL OR $sees = '*' OR $sees IN p.known_to)
RETURN p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person, p.search_name AS name
ORDER BY name, p.id LIMIT $limit
