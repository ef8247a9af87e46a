// The sources of a person's seat on a committee.
// mode: read
// params: start, end, key, viewer
// returns: sources
MATCH (p:Person {id: $start})-[r:SITS_ON]->(o:Opportunity)
WHERE o.id = $end AND r.key = $key AND (r.private_to IS NULL OR $viewer IN r.private_to)
RETURN r.sources AS sources
