// How many people are known to have worked at each company, as far as the viewer may know.
// mode: read
// params: ids, viewer, sees
// returns: id, total
UNWIND $ids AS id
MATCH (:Company {id: id})<-[r:WORKED_AT]-(p:Person)
WHERE (r.private_to IS NULL OR $viewer IN r.private_to)
  AND (p.known_to IS NULL OR $sees = '*' OR $sees IN p.known_to)
RETURN id, count(DISTINCT p) AS total
