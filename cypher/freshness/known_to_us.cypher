// Who of ours knows each of these people, as the viewer may know.
// mode: read
// params: people, viewer
// returns: person, id, name, p
UNWIND $people AS person
MATCH (x:Person {id: person})-[r:TIE]-(t:Person {team_member: true})
WITH person, t, CASE WHEN t.id = $viewer THEN r.p ELSE coalesce(r.shared_p, 0.0) END AS p
WHERE p > 0
RETURN person, t.id AS id, t.name AS name, p ORDER BY person, p DESC, id
