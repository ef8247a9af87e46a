// How many people are known to have worked at each company, as far as the viewer may know.
// mode: read
// params: ids, viewer
// returns: id, total
UNWIND $ids AS id
MATCH (:Company {id: id})<-[r:WORKED_AT]-(p:Person)
WHERE r.private_to IS NULL OR $viewer IN r.private_to
RETURN id, count(DISTINCT p) AS total
