// A page of the schools after an id, with their identities; no fact starts at them.
// mode: read
// params: after, limit
// returns: id, node, identities, facts
MATCH (n:School)
WHERE n.id > $after
WITH n
ORDER BY n.id LIMIT $limit
OPTIONAL MATCH (n)<-[:IDENTIFIES]-(i:Identity)
WITH n, collect([i.system, i.value, i.url, i.key]) AS identities
RETURN n.id AS id, properties(n) AS node, identities, [] AS facts
ORDER BY id
