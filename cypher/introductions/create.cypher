// Creates an introduction along people.
// mode: write
// params: properties, people
// returns:
CREATE (n:Introduction)
SET n = $properties
WITH n
UNWIND $people AS person
MATCH (p:Person {id: person})
CREATE (n)-[:ALONG]->(p)
