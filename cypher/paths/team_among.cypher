// Finds the team members among some people; those who asked not to be contacted are left out.
// mode: read
// params: ids
// returns: id
UNWIND $ids AS wanted
MATCH (m:Person {id: wanted})
WHERE m.team_member = true AND coalesce(m.objected, false) = false
RETURN m.id AS id
ORDER BY id
