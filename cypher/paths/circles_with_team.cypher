// Reads the ties of each person and of each team member that everybody may use, one row a person: who is at the other
// end, and how probable.
// mode: read
// params: people, floor, level, limit, viewer
// returns: person, ours, elements, others, values
MATCH (m:Person {team_member: true})-[r:TIE]-(a:Person)
WHERE coalesce(m.objected, false) = false
      AND r.shared_p >= $floor AND r.shared_p > 0 AND r.shared_verification >= $level
      AND coalesce(a.objected, false) = false AND (a.known_to IS NULL OR $viewer IN a.known_to)
WITH m.id AS person, a, r LIMIT $limit
RETURN person, true AS ours, collect(elementId(a)) AS elements, collect(a.id) AS others,
       collect(r.shared_p) AS values
UNION ALL
UNWIND $people AS person
MATCH (p:Person {id: person})-[r:TIE]-(a:Person)
WHERE coalesce(p.team_member, false) = false AND coalesce(p.objected, false) = false
      AND r.shared_p >= $floor AND r.shared_p > 0 AND r.shared_verification >= $level
      AND coalesce(a.objected, false) = false AND (a.known_to IS NULL OR $viewer IN a.known_to)
WITH person, a, r LIMIT $limit
RETURN person, false AS ours, collect(elementId(a)) AS elements, collect(a.id) AS others,
       collect(r.shared_p) AS values
