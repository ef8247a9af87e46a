// The committee of an opportunity: each member with seat, personas, and posts that the viewer may know.
// mode: read
// params: id, viewer
// returns: person, seat, personas, posts
MATCH (:Opportunity {id: $id})<-[seat:SITS_ON]-(p:Person)
OPTIONAL MATCH (p)-[:HAS_PERSONA]->(persona:Persona)
WITH p, seat, collect(properties(persona)) AS personas
OPTIONAL MATCH (p)-[w:WORKED_AT]->(c:Company)
WHERE w.private_to IS NULL OR $viewer IN w.private_to
WITH p, seat, personas, collect([c.id, properties(w)]) AS posts
RETURN p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person, properties(seat) AS seat, personas, posts
ORDER BY p.id
