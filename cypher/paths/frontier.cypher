// Reads the usable ties onwards from each person whose product with the best way there reaches the floor.
// mode: read
// params: near, floor, level, viewer, limit
// returns: a, elements, others, values
UNWIND $near AS x
MATCH (a) WHERE elementId(a) = x.element
MATCH (a)-[r:TIE]-(b:Person)
WITH x, b, r, (a.id = $viewer OR b.id = $viewer) AS own
WITH x, b,
     CASE WHEN own THEN r.p ELSE r.shared_p END AS value,
     CASE WHEN own THEN r.verification ELSE r.shared_verification END AS verification
WHERE x.best * value >= $floor AND value > 0 AND verification >= $level AND coalesce(b.objected, false) = false
WITH x, b, value LIMIT $limit
RETURN x.element AS a, collect(elementId(b)) AS elements, collect(b.id) AS others, collect(value) AS values
