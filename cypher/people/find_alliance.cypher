// The sources of one alliance of a person, by its other end and natural key, as far as the viewer may know.
// mode: read
// params: start, end, key, viewer
// returns: sources
MATCH (a:Person {id: $start})-[r:ALLIED]-(b:Person)
WHERE b.id = $end AND r.key = $key AND (startNode(r).id = $start OR NOT coalesce(r.directed, false)) AND (r.private_to IS NULL OR $viewer IN r.private_to)
RETURN r.sources AS sources
