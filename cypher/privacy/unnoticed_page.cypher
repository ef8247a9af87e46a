// A page of the people outside who have not been told yet, by the day they were collected and id.
// mode: read
// params: after_day, after_id, limit
// returns: person, collected_on
MATCH (p:Person)
WHERE p.noticed_on IS NULL AND coalesce(p.team_member, false) = false
WITH p, coalesce(p.collected_on, p.created_on) AS collected_on
WHERE collected_on > $after_day OR (collected_on = $after_day AND p.id > $after_id)
WITH p, collected_on
ORDER BY collected_on, p.id LIMIT $limit
RETURN p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person, collected_on
