// Reads the caller's ties with all of their evidence, as one row; none where the caller is nobody.
// mode: read
// params: viewer, level, limit
// returns: element, objected, ours, elements, others, values, team
MATCH (v:Person {id: $viewer})-[r:TIE]-(a:Person)
WHERE r.p > 0 AND r.verification >= $level AND coalesce(a.objected, false) = false
      AND (a.known_to IS NULL OR $viewer IN a.known_to)
WITH v, a, r LIMIT $limit
RETURN elementId(v) AS element, coalesce(v.objected, false) AS objected, coalesce(v.team_member, false) AS ours,
       collect(elementId(a)) AS elements, collect(a.id) AS others, collect(r.p) AS values,
       collect(coalesce(a.team_member, false)) AS team
