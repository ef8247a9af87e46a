// What is stored of a person's seat on a committee.
// mode: read
// params: opportunity, person
// returns: seat
MATCH (:Person {id: $person})-[r:SITS_ON]->(o:Opportunity)
WHERE o.id = $opportunity
RETURN properties(r) AS seat
