// How many people each of these is connected to on a platform, as far as the viewer may know.
// mode: read
// params: ids, viewer
// returns: id, total
UNWIND $ids AS id
MATCH (:Person {id: id})-[r:CONNECTED]-(o:Person)
WHERE r.private_to IS NULL OR $viewer IN r.private_to
RETURN id, count(DISTINCT o) AS total
