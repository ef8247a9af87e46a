// The open opportunities on whose committees these people sit, each with its company.
// mode: read
// params: people, closed
// returns: person, company, opportunity, name
UNWIND $people AS person
MATCH (:Person {id: person})-[:SITS_ON]->(o:Opportunity)
WHERE NOT toLower(coalesce(o.stage, '')) IN $closed
OPTIONAL MATCH (o)-[:SOUGHT_AT]->(c:Company)
RETURN DISTINCT person, c.id AS company, o.id AS opportunity, o.name AS name ORDER BY person, opportunity
