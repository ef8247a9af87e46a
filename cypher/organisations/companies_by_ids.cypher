// Companies by their ids; ids no company has are left out.
// mode: read
// params: ids
// returns: id, company
UNWIND $ids AS id
MATCH (c:Company {id: id})
RETURN id, c {.id, .name, .domain, .headcount, .industry, .former_names} AS company
