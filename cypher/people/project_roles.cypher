// What these people did on projects, as far as the viewer may know.
// mode: read
// params: ids, viewer
// returns: id, facts
UNWIND $ids AS id
MATCH (:Person {id: id})-[r:WORKED_ON]->(p:Project)
WHERE r.private_to IS NULL OR $viewer IN r.private_to
RETURN id, collect([properties(r), p {.id, .name, .size, .started, .ended}]) AS facts
