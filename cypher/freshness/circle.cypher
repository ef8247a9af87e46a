// Whom our team knows: each with the best tie to one of ours, the sum of all and their number, as one row of lists.
// mode: read
// params: viewer, sees
// returns: people, best, total, number
MATCH (t:Person {team_member: true})-[r:TIE]-(x:Person)
WHERE coalesce(t.objected, false) = false AND coalesce(x.objected, false) = false
      AND coalesce(x.team_member, false) = false
      AND (x.known_to IS NULL OR $sees = '*' OR $sees IN x.known_to)
WITH x, CASE WHEN t.id = $viewer THEN r.p ELSE coalesce(r.shared_p, 0.0) END AS p
WHERE p > 0
WITH x.id AS person, max(p) AS most, sum(p) AS sum, count(*) AS ties
RETURN collect(person) AS people, collect(most) AS best, collect(sum) AS total, collect(ties) AS number
