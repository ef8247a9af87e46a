// The shared ties of each of these people, as lists of others and probabilities.
// mode: read
// params: people
// returns: person, others, values
UNWIND $people AS person
MATCH (:Person {id: person})-[r:TIE]-(x:Person)
WHERE r.shared_p > 0 AND coalesce(x.team_member, false) = false
RETURN person, collect(x.id) AS others, collect(r.shared_p) AS values
