// A page of the ties of each person as the viewer sees them, strongest first: after (after_p, after_id).
// mode: read
// params: ids, viewer, after_p, after_id, limit, sees
// returns: id, ties
UNWIND $ids AS id
MATCH (:Person {id: id})-[t:TIE]-(o:Person)
WHERE (o.known_to IS NULL OR $sees = '*' OR $sees IN o.known_to)
WITH id, o, t, coalesce(id = $viewer OR o.id = $viewer, false) AS own
WITH id, o, t, own, CASE WHEN own THEN t.p ELSE t.shared_p END AS p
WHERE p > 0 AND (p < $after_p OR (p = $after_p AND o.id > $after_id))
WITH id, o, t, own, p ORDER BY p DESC, o.id
RETURN id, collect([o {.id, .name, .headline, .location, .team_member, .objected, .known_to}, p,
  CASE WHEN own THEN t.verification ELSE t.shared_verification END, t.last_evidence])[0..$limit] AS ties
