// The projects of these companies.
// mode: read
// params: ids, viewer
// returns: id, projects
UNWIND $ids AS id
MATCH (:Company {id: id})<-[r:RUN_BY]-(p:Project)
WHERE r.private_to IS NULL OR $viewer IN r.private_to
RETURN id, collect(p {.id, .name, .size, .started, .ended}) AS projects
