// Companies whose normalised name goes on from the searched text, by name.
// mode: read
// params: text, after_name, after_id, limit
// returns: company, name
MATCH (c:Company)
WHERE c.search_name STARTS WITH $text AND c.search_name <> $text
  AND (c.search_name > $after_name OR (c.search_name = $after_name AND c.id > $after_id))
RETURN c {.id, .name, .domain, .headcount, .industry, .former_names} AS company, c.search_name AS name
ORDER BY c.search_name, c.id LIMIT $limit
