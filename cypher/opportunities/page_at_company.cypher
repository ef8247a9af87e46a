// A page of the opportunities sought at a company, by name: after (after_name, after_id).
// mode: read
// params: company, after_name, after_id, limit
// returns: id, sort_name
MATCH (:Company {id: $company})<-[:SOUGHT_AT]-(o:Opportunity)
WITH DISTINCT o.id AS id, coalesce(o.search_name, '') AS sort_name
WHERE sort_name > $after_name OR (sort_name = $after_name AND id > $after_id)
RETURN id, sort_name
ORDER BY sort_name, id LIMIT $limit
