// Companies whose normalised name is the searched one, by id.
// mode: read
// params: text, after_id, limit
// returns: company, name
MATCH (c:Company)
WHERE c.search_name = $text AND c.id > $after_id
RETURN c {.id, .name, .domain, .headcount, .industry, .former_names} AS company, c.search_name AS name
ORDER BY c.id LIMIT $limit
