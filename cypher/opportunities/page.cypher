// A page of all opportunities by name: after (after_name, after_id).
// mode: read
// params: after_name, after_id, limit
// returns: id, sort_name
MATCH (o:Opportunity)
WHERE o.search_name >= $after_name
WITH o.id AS id, o.search_name AS sort_name
WHERE sort_name > $after_name OR id > $after_id
RETURN id, sort_name
ORDER BY sort_name, id LIMIT $limit
