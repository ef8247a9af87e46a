// A person by id, or by the id of somebody who turned out to be them.
// mode: read
// params: id, key
// returns: element, label, properties
OPTIONAL MATCH (p:Person {id: $id})
OPTIONAL MATCH (:Identity {key: $key})-[:IDENTIFIES]->(q:Person)
WITH coalesce(p, q) AS n
WHERE n IS NOT NULL
RETURN elementId(n) AS element, 'Person' AS label, properties(n) AS properties
