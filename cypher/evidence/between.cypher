// Reads the facts between the two people of each pair, their tie and as much of them as a path shows. It looks from the
// end that is not of the team (who knows fewer).
// mode: read
// params: pairs
// returns: a, b, facts
UNWIND $pairs AS pair
MATCH (a:Person {id: pair[0]})
MATCH (b:Person {id: pair[1]})
WITH a, b, CASE WHEN a.team_member THEN b ELSE a END AS near, CASE WHEN a.team_member THEN a.id ELSE b.id END AS far
OPTIONAL MATCH (near)-[f:TIE|CONNECTED|INTERACTED|RECOMMENDED|ENDORSED|REPORTS_TO|ALLIED]-(o:Person)
WHERE o.id = far
RETURN a {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS a,
       b {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS b,
       collect(CASE WHEN f IS NULL THEN null ELSE [type(f), startNode(f) = a, properties(f)] END) AS facts
