// People where each searched word begins a word in the middle of the name (not the first, nor the last): a scan.
// mode: read
// params: words, after_name, after_id, limit
// returns: person, name
MATCH (p:Person)
WHERE p.search_name > $after_name OR (p.search_name = $after_name AND p.id > $after_id)
WITH p
WHERE all(w IN $words WHERE p.search_name CONTAINS (' ' + w)
  AND NOT p.search_last STARTS WITH w AND NOT p.search_name STARTS WITH w)
RETURN p {.id, .name, .headline, .location, .team_member} AS person, p.search_name AS name
ORDER BY p.search_name, p.id LIMIT $limit
