// The companies these projects belong to.
// mode: read
// params: ids, viewer
// returns: id, companies
UNWIND $ids AS id
MATCH (:Project {id: id})-[r:RUN_BY]->(c:Company)
WHERE r.private_to IS NULL OR $viewer IN r.private_to
RETURN id, collect(c {.id, .name, .domain, .headcount, .industry, .former_names}) AS companies
