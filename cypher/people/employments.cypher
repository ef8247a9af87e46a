// The employments of these people, each with its company, as far as the viewer may know.
// mode: read
// params: ids, viewer
// returns: id, facts
UNWIND $ids AS id
MATCH (:Person {id: id})-[r:WORKED_AT]->(c:Company)
WHERE r.private_to IS NULL OR $viewer IN r.private_to
RETURN id, collect([properties(r), c {.id, .name, .domain, .headcount, .industry, .former_names}]) AS facts
