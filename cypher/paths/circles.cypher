// Reads the usable ties of each person, one row a person: who is at the other end, and how probable.
// Ties at the caller count all evidence, all others only what is shared.
// mode: read
// params: people, floor, level, viewer, limit
// returns: person, elements, others, values
UNWIND $people AS person
MATCH (:Person {id: person})-[r:TIE]-(a:Person)
WITH person, a, a.id AS other, r
WITH person, a, other, r, (person = $viewer OR other = $viewer) AS own
WITH person, a, other,
     CASE WHEN own THEN r.p ELSE r.shared_p END AS value,
     CASE WHEN own THEN r.verification ELSE r.shared_verification END AS verification
WHERE value >= $floor AND value > 0 AND verification >= $level AND coalesce(a.objected, false) = false
WITH person, a, other, value LIMIT $limit
RETURN person, collect(elementId(a)) AS elements, collect(other) AS others, collect(value) AS values
