// When each person outside last wrote to or met ours, by every pair and channel.
// mode: read
// params:
// returns: id, days
MATCH (m:Person {team_member: true})-[r:INTERACTED]-(p:Person)
WHERE coalesce(p.team_member, false) = false
WITH p.id AS id, CASE WHEN startNode(r).id = p.id THEN [r.sent, coalesce(r.sent_on, r.last_on)] ELSE [r.received, coalesce(r.received_on, r.last_on)] END AS theirs
WHERE theirs[0] > 0 AND theirs[1] IS NOT NULL
RETURN id, collect(DISTINCT theirs[1]) AS days
