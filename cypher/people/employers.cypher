// The companies where these people are known to have worked, as far as the viewer may know.
// mode: read
// params: ids, viewer
// returns: id, companies
UNWIND $ids AS id
MATCH (p:Person {id: id})-[r:WORKED_AT]->(c:Company)
WHERE r.private_to IS NULL OR $viewer IN r.private_to
RETURN id, collect(DISTINCT [c.id, c.name]) AS companies
