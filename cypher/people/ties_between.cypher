// The ties of these pairs of people as the viewer sees them.
// mode: read
// params: pairs, viewer
// returns: a, b, p, verification, last_evidence
UNWIND $pairs AS pair
MATCH (:Person {id: pair[0]})-[t:TIE]-(o:Person)
WHERE o.id = pair[1]
WITH pair, t, coalesce(pair[0] = $viewer OR pair[1] = $viewer, false) AS own
WITH pair, t, own, CASE WHEN own THEN t.p ELSE t.shared_p END AS p
WHERE p > 0
RETURN pair[0] AS a, pair[1] AS b, p,
  CASE WHEN own THEN t.verification ELSE t.shared_verification END AS verification, t.last_evidence AS last_evidence
