// Reads the ties onwards from each person that everybody may use, where the product with the best way there reaches
// the floor.
// mode: read
// params: near, floor, level, limit, viewer
// returns: a, elements, others, values
UNWIND $near AS x
MATCH (a) WHERE elementId(a) = x.element
MATCH (a)-[r:TIE]-(b:Person)
WHERE x.best * r.shared_p >= $floor AND r.shared_p > 0 AND r.shared_verification >= $level
      AND coalesce(b.objected, false) = false AND (b.known_to IS NULL OR $viewer IN b.known_to)
WITH x, b, r LIMIT $limit
RETURN x.element AS a, collect(elementId(b)) AS elements, collect(b.id) AS others, collect(r.shared_p) AS values
