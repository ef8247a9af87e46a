// Reads the usable ties of each person and of each team member, one row a person: who is at the other end, and how
// probable. Ties at the caller count all evidence, all others only what is shared.
// mode: read
// params: people, floor, level, viewer, limit
// returns: person, ours, elements, others, values
MATCH (m:Person {team_member: true})-[r:TIE]-(a:Person)
WHERE coalesce(m.objected, false) = false
WITH m.id AS person, a, a.id AS other, r
WITH person, a, other, r, (person = $viewer OR other = $viewer) AS own
WITH person, a, other,
     CASE WHEN own THEN r.p ELSE r.shared_p END AS value,
     CASE WHEN own THEN r.verification ELSE r.shared_verification END AS verification
WHERE value >= $floor AND value > 0 AND verification >= $level AND coalesce(a.objected, false) = false
WITH person, a, other, value LIMIT $limit
RETURN person, true AS ours, collect(elementId(a)) AS elements, collect(other) AS others, collect(value) AS values
UNION ALL
UNWIND $people AS person
MATCH (p:Person {id: person})-[r:TIE]-(a:Person)
WHERE coalesce(p.team_member, false) = false AND coalesce(p.objected, false) = false
WITH person, a, a.id AS other, r
WITH person, a, other, r, (person = $viewer OR other = $viewer) AS own
WITH person, a, other,
     CASE WHEN own THEN r.p ELSE r.shared_p END AS value,
     CASE WHEN own THEN r.verification ELSE r.shared_verification END AS verification
WHERE value >= $floor AND value > 0 AND verification >= $level AND coalesce(a.objected, false) = false
WITH person, a, other, value LIMIT $limit
RETURN person, false AS ours, collect(elementId(a)) AS elements, collect(other) AS others, collect(value) AS values
