// The source records that describe these people, as far as the viewer may know.
// mode: read
// params: ids, viewer
// returns: id, keys
UNWIND $ids AS id
MATCH (:Person {id: id})<-[:DESCRIBES]-(s:SourceRecord)
WHERE s.private_to IS NULL OR s.private_to = $viewer
RETURN id, collect(s.key) AS keys
