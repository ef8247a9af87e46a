// Adds a spell as the writer of facts does.
MATCH (p:Person {id: $person}) MATCH (o:Company {id: $place})
CREATE (p)-[f:WORKED_AT]->(o) SET f += $properties, p.pending = true
