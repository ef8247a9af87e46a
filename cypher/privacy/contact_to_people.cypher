// When ours last wrote to or met these people, by every pair and channel.
// mode: read
// params: ids
// returns: id, days
UNWIND $ids AS id
MATCH (p:Person {id: id})-[r:INTERACTED]-(m:Person)
WHERE m.team_member = true
WITH id, CASE WHEN startNode(r).id = id THEN [r.received, coalesce(r.received_on, r.last_on)] ELSE [r.sent, coalesce(r.sent_on, r.last_on)] END AS ours
WHERE ours[0] > 0 AND ours[1] IS NOT NULL
RETURN id, collect(DISTINCT ours[1]) AS days
