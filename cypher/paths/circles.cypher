// Reads the ties of each person that everybody may use, one row a person: who is at the other end, and how probable.
// mode: read
// params: people, floor, level, limit, viewer
// returns: person, elements, others, values
UNWIND $people AS person
MATCH (:Person {id: person})-[r:TIE]-(a:Person)
WHERE r.shared_p >= $floor AND r.shared_p > 0 AND r.shared_verification >= $level
      AND coalesce(a.objected, false) = false AND (a.known_to IS NULL OR $viewer IN a.known_to)
WITH person, a, r LIMIT $limit
RETURN person, collect(elementId(a)) AS elements, collect(a.id) AS others, collect(r.shared_p) AS values
