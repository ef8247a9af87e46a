// Projects by their ids; ids no project has are left out.
// mode: read
// params: ids
// returns: id, project
UNWIND $ids AS id
MATCH (p:Project {id: id})
RETURN id, p {.id, .name, .size, .started, .ended} AS project
