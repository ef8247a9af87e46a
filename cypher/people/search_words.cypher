// People where each searched word begins a word of the name and one of them begins the first or the last name.
// mode: read
// params: text, words, after_name, after_id, limit
// returns: person, name
CALL {
  UNWIND $words AS word
  MATCH (p:Person)
  WHERE p.search_last STARTS WITH word
  RETURN p
  UNION
  UNWIND $words AS word
  MATCH (p:Person)
  WHERE p.search_name STARTS WITH word
  RETURN p
}
WITH DISTINCT p
WHERE NOT p.search_name STARTS WITH $text AND all(w IN $words WHERE (' ' + p.search_name) CONTAINS (' ' + w))
  AND (p.search_name > $after_name OR (p.search_name = $after_name AND p.id > $after_id))
RETURN p {.id, .name, .headline, .location, .team_member} AS person, p.search_name AS name
ORDER BY p.search_name, p.id LIMIT $limit
