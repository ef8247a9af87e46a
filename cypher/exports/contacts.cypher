// A page of those outside after an id who may be approached, with addresses, current posts and ties to ours.
// mode: read
// params: after, limit, viewer
// returns: id, person, identities, posts, ties
MATCH (p:Person)
WHERE p.id > $after AND coalesce(p.team_member, false) = false AND coalesce(p.objected, false) = false
  AND (p.known_to IS NULL OR $viewer IN p.known_to)
WITH p
ORDER BY p.id LIMIT $limit
OPTIONAL MATCH (p)<-[:IDENTIFIES]-(i:Identity)
WHERE i.system = 'email' OR i.system = 'linkedin'
WITH p, collect([i.system, i.value, i.url]) AS identities
OPTIONAL MATCH (p)-[r:WORKED_AT]->(c:Company)
WHERE r.current = true AND (r.private_to IS NULL OR $viewer IN r.private_to)
WITH p, identities, collect([c.name, properties(r)]) AS posts
OPTIONAL MATCH (p)-[t:TIE]-(m:Person)
WHERE m.team_member = true AND coalesce(m.objected, false) = false
RETURN p.id AS id, p {.id, .name, .headline, .location, .known_to} AS person, identities, posts,
       collect([m.id, m.name, CASE WHEN m.id = $viewer THEN t.p ELSE t.shared_p END, t.last_evidence]) AS ties
ORDER BY id
