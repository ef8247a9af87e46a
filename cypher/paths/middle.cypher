// Joins two circles: the ties from `near` to the people of the map `far` that everybody may use, best product first, as
// one row of lists. `far` is a map from element id to the best way on; a list or bound nodes are many times slower.
// mode: read
// params: near, far, floor, level, limit
// returns: a, b, value
UNWIND $near AS x
MATCH (a) WHERE elementId(a) = x.element
MATCH (a)-[r:TIE]-(b) WHERE $far[elementId(b)] IS NOT NULL AND r.shared_verification >= $level
WITH x, r, b, x.best * r.shared_p * $far[elementId(b)] AS product
WHERE product >= $floor AND r.shared_p > 0
WITH x, r, b, product
ORDER BY product DESC LIMIT $limit
RETURN collect(x.element) AS a, collect(elementId(b)) AS b, collect(r.shared_p) AS value
