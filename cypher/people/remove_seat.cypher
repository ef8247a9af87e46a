// Takes a person off a committee.
// mode: write
// params: start, end, key
// returns:
MATCH (p:Person {id: $start})-[r:SITS_ON]->(o:Opportunity)
WHERE o.id = $end AND r.key = $key
DELETE r
