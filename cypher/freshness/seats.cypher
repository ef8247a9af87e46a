// The members of open opportunities that the caller may know of, with the names of those opportunities.
// mode: read
// params: closed, sees, limit
// returns: person, opportunities
MATCH (o:Opportunity)<-[:SITS_ON]-(m:Person)
WHERE o.search_name >= '' AND NOT toLower(coalesce(o.stage, '')) IN $closed
      AND coalesce(m.objected, false) = false AND coalesce(m.team_member, false) = false
      AND (m.known_to IS NULL OR $sees = '*' OR $sees IN m.known_to)
WITH m.id AS person, collect(DISTINCT o.name) AS opportunities
RETURN person, opportunities ORDER BY person LIMIT $limit
