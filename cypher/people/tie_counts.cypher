// How many ties of each person the viewer may know.
// mode: read
// params: ids, viewer, sees
// returns: id, total
UNWIND $ids AS id
MATCH (:Person {id: id})-[t:TIE]-(o:Person)
WHERE (t.shared_p > 0 OR (t.p > 0 AND (id = $viewer OR o.id = $viewer)))
  AND (o.known_to IS NULL OR $sees = '*' OR $sees IN o.known_to)
RETURN id, count(o) AS total
