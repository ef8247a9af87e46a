// A page of the people known to have worked on each project, by name: after (after_name, after_id).
// mode: read
// params: ids, viewer, after_name, after_id, limit, sees
// returns: id, people
UNWIND $ids AS id
MATCH (:Project {id: id})<-[r:WORKED_ON]-(p:Person)
WHERE (r.private_to IS NULL OR $viewer IN r.private_to)
  AND (p.known_to IS NULL OR $sees = '*' OR $sees IN p.known_to)
WITH DISTINCT id, p, coalesce(p.search_name, '') AS name
WHERE name > $after_name OR (name = $after_name AND p.id > $after_id)
WITH id, p, name ORDER BY name, p.id
RETURN id, collect([p {.id, .name, .headline, .location, .team_member, .objected, .known_to}, name])[0..$limit] AS people
