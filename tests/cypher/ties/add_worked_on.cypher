// Adds a spell as the writer of facts does.
MATCH (p:Person {id: $person}) MATCH (o:Project {id: $place})
CREATE (p)-[f:WORKED_ON]->(o) SET f += $properties, p.pending = true
