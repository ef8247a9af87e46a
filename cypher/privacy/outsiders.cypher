// Those of these people who are not ours.
// mode: read
// params: ids
// returns: person, collected_on
UNWIND $ids AS id
MATCH (p:Person {id: id})
WHERE coalesce(p.team_member, false) = false
RETURN p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person,
       coalesce(p.collected_on, p.created_on) AS collected_on
