// Finds the team members; those who asked not to be contacted are left out.
// mode: read
// params:
// returns: id
MATCH (m:Person {team_member: true})
WHERE coalesce(m.objected, false) = false
RETURN m.id AS id
ORDER BY id
