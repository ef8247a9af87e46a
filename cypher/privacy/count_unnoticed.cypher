// How many people outside have not been told yet: a scan, made only when asked.
// mode: read
// params:
// returns: total
MATCH (p:Person)
WHERE p.noticed_on IS NULL AND coalesce(p.team_member, false) = false
RETURN count(p) AS total
