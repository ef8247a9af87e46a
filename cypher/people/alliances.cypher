// The declared alliances of these people, in either direction, as far as the viewer may know.
// mode: read
// params: ids, viewer
// returns: id, facts
UNWIND $ids AS id
MATCH (p:Person {id: id})-[r:ALLIED]-(o:Person)
WHERE r.private_to IS NULL OR $viewer IN r.private_to
RETURN id, collect([properties(r), o {.id, .name, .headline, .location, .team_member, .objected, .known_to}, startNode(r).id]) AS facts
