// Where these people studied, as far as the viewer may know.
// mode: read
// params: ids, viewer
// returns: id, facts
UNWIND $ids AS id
MATCH (:Person {id: id})-[r:STUDIED_AT]->(s:School)
WHERE r.private_to IS NULL OR $viewer IN r.private_to
RETURN id, collect([properties(r), s {.id, .name}]) AS facts
