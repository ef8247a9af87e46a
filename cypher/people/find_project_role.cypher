// The sources of one project role of a person, by its other end and natural key, as far as the viewer may know.
// mode: read
// params: start, end, key, viewer
// returns: sources
MATCH (a:Person {id: $start})-[r:WORKED_ON]->(b:Project)
WHERE b.id = $end AND r.key = $key AND (r.private_to IS NULL OR $viewer IN r.private_to)
RETURN r.sources AS sources
