// How many people outside were collected until a day: a scan, made only when asked.
// mode: read
// params: until
// returns: total
MATCH (p:Person)
WHERE coalesce(p.team_member, false) = false AND coalesce(p.collected_on, p.created_on) <= $until
RETURN count(p) AS total
