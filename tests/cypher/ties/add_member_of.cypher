// Adds a spell as the writer of facts does.
MATCH (p:Person {id: $person}) MATCH (o:Community {id: $place})
CREATE (p)-[f:MEMBER_OF]->(o) SET f += $properties, p.pending = true
