// Adds a spell as the writer of facts does.
MATCH (p:Person {id: $person}) MATCH (o:School {id: $place})
CREATE (p)-[f:STUDIED_AT]->(o) SET f += $properties, p.pending = true
