// The companies that are said to belong to each of these, and those that each of these is said to belong to.
// mode: read
// params: ids, viewer
// returns: id, subsidiaries, parents
UNWIND $ids AS id
MATCH (c:Company {id: id})
OPTIONAL MATCH (c)<-[r:PART_OF]-(below:Company)
WHERE r.private_to IS NULL OR $viewer IN r.private_to
WITH id, c, collect(below {.id, .name, .domain, .headcount, .industry, .former_names}) AS subsidiaries
OPTIONAL MATCH (c)-[r:PART_OF]->(above:Company)
WHERE r.private_to IS NULL OR $viewer IN r.private_to
RETURN id, subsidiaries, collect(above {.id, .name, .domain, .headcount, .industry, .former_names}) AS parents
