// Reads the facts between the two people of each pair, and their tie, from the end that is not of the team (who knows fewer).
// mode: read
// params: pairs
// returns: a, b, a_name, b_name, facts
UNWIND $pairs AS pair
MATCH (a:Person {id: pair[0]})
MATCH (b:Person {id: pair[1]})
WITH a, b, CASE WHEN a.team_member THEN b ELSE a END AS near, CASE WHEN a.team_member THEN a.id ELSE b.id END AS far
OPTIONAL MATCH (near)-[f:TIE|CONNECTED|INTERACTED|RECOMMENDED|ENDORSED|REPORTS_TO|ALLIED]-(o:Person)
WHERE o.id = far
RETURN a.id AS a, b.id AS b, a.name AS a_name, b.name AS b_name,
       collect(CASE WHEN f IS NULL THEN null ELSE [type(f), startNode(f) = a, properties(f)] END) AS facts
