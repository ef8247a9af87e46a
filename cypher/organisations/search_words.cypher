// Companies where each searched word begins a word of the name, but the name does not begin with the text: a scan.
// mode: read
// params: text, words, after_name, after_id, limit
// returns: company, name
MATCH (c:Company)
WHERE c.search_name > $after_name OR (c.search_name = $after_name AND c.id > $after_id)
WITH c
WHERE NOT c.search_name STARTS WITH $text AND all(w IN $words WHERE (' ' + c.search_name) CONTAINS (' ' + w))
RETURN c {.id, .name, .domain, .headcount, .industry, .former_names} AS company, c.search_name AS name
ORDER BY c.search_name, c.id LIMIT $limit
