// The communities these people belong to, as far as the viewer may know.
// mode: read
// params: ids, viewer
// returns: id, facts
UNWIND $ids AS id
MATCH (:Person {id: id})-[r:MEMBER_OF]->(c:Community)
WHERE r.private_to IS NULL OR $viewer IN r.private_to
RETURN id, collect([properties(r), c {.id, .name}]) AS facts
