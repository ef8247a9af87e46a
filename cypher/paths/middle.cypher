// Joins two circles: the usable ties from `near` to the people of the map `far`, best product first, as one row of lists.
// `far` is a map from element id to the best way on; a list or bound nodes are many times slower.
// mode: read
// params: near, far, floor, level, viewer, limit
// returns: a, b, value
UNWIND $near AS x
MATCH (a) WHERE elementId(a) = x.element
MATCH (a)-[r:TIE]-(b) WHERE $far[elementId(b)] IS NOT NULL
WITH x, r, b, (a.id = $viewer OR b.id = $viewer) AS own
WITH x, b,
     CASE WHEN own THEN r.p ELSE r.shared_p END AS value,
     CASE WHEN own THEN r.verification ELSE r.shared_verification END AS verification
WITH x, b, value, verification, x.best * value * $far[elementId(b)] AS product
WHERE product >= $floor AND value > 0 AND verification >= $level
WITH x, b, value, product
ORDER BY product DESC LIMIT $limit
RETURN collect(x.element) AS a, collect(elementId(b)) AS b, collect(value) AS value
