// Deletes the introductions that lead along a person.
// mode: write
// params: id
// returns: id
MATCH (n:Introduction)-[:ALONG]->(:Person {id: $id})
WITH DISTINCT n, n.id AS id
DETACH DELETE n
RETURN id
