// Removes a fact; the person, and the place if it has a size, are marked.
MATCH (a:Person {id: $person})-[f]->(b) WHERE f.key = $key
SET a.pending = true
FOREACH (_ IN CASE WHEN b:Company OR b:Project THEN [1] ELSE [] END | SET b.pending = true)
DELETE f
