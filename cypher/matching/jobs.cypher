// The employments of these people, whoever stated them.
// mode: read
// params: ids
// returns: id, jobs
UNWIND $ids AS id
MATCH (:Person {id: id})-[r:WORKED_AT]->(c:Company)
RETURN id, collect([c.id, c.name, c.domain, r.title, r.from_month, r.to_month, r.current]) AS jobs
