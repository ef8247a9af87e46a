// The decisions by which others became this person, the newest first.
// mode: read
// params: id
// returns: decision
MATCH (p:Person {id: $id})<-[:IDENTIFIES]-(i:Identity)
MATCH (d:Decision {b: i.key})
WHERE d.kind = 'same' AND d.ended IS NULL
RETURN DISTINCT properties(d) AS decision
ORDER BY decision.at DESC, decision.id DESC
