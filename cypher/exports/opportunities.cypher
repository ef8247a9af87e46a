// A page of the opportunities after an id, with their identities and the facts that start at them, as far as the viewer may know.
// mode: read
// params: after, limit, viewer
// returns: id, node, identities, facts
MATCH (n:Opportunity)
WHERE n.id > $after
WITH n
ORDER BY n.id LIMIT $limit
OPTIONAL MATCH (n)<-[:IDENTIFIES]-(i:Identity)
WITH n, collect([i.system, i.value, i.url, i.key]) AS identities
OPTIONAL MATCH (n)-[r:SOUGHT_AT]->(o)
WHERE (r.private_to IS NULL OR $viewer IN r.private_to) AND (o.known_to IS NULL OR $viewer IN o.known_to)
WITH n, identities, collect([type(r), o.id, labels(o)[0], properties(r)]) AS facts
RETURN n.id AS id, properties(n) AS node, identities, facts
ORDER BY id
