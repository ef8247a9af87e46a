// Reads people by id, as much of them as a path shows.
// mode: read
// params: ids
// returns: id, name, headline, team_member, objected
UNWIND $ids AS wanted
MATCH (p:Person {id: wanted})
RETURN p.id AS id, p.name AS name, p.headline AS headline,
       coalesce(p.team_member, false) AS team_member, coalesce(p.objected, false) AS objected
