// Adds a fact between two people; only one end is marked, as the writer of facts does.
MATCH (a:Person {id: $a}) MATCH (b:Person {id: $b})
CREATE (a)-[f:ENDORSED]->(b) SET f += $properties, a.pending = true
