// What the source records of these people say of them, as far as the viewer may know the records.
// mode: read
// params: ids, viewer
// returns: id, records
UNWIND $ids AS id
MATCH (:Person {id: id})<-[:DESCRIBES]-(s:SourceRecord)
WHERE s.private_to IS NULL OR s.private_to = $viewer
RETURN id, collect([s.key, s.fields, s.seen_on, s.verified]) AS records
