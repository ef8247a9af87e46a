// When ours last wrote to or met each person outside, by every pair and channel.
// mode: read
// params:
// returns: id, days
MATCH (m:Person {team_member: true})-[r:INTERACTED]-(p:Person)
WHERE coalesce(p.team_member, false) = false
WITH p.id AS id, CASE WHEN startNode(r).id = m.id THEN [r.sent, coalesce(r.sent_on, r.last_on)] ELSE [r.received, coalesce(r.received_on, r.last_on)] END AS ours
WHERE ours[0] > 0 AND ours[1] IS NOT NULL
RETURN id, collect(DISTINCT ours[1]) AS days
