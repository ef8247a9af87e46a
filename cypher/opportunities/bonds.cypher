// Who is bound to whom: members among themselves, and members with ours (ties and contact), as the viewer may know.
// mode: read
// params: id, viewer
// returns: kind, a, b, says, by_us
MATCH (o:Opportunity {id: $id})<-[:IDENTIFIES]-(i:Identity)
WITH o, collect(i.key) AS keys
MATCH (o)<-[:SITS_ON]-(a:Person)-[r:ALLIED|NOT_ALLIED|REPORTS_TO]->(b:Person)-[:SITS_ON]->(o)
WHERE (r.private_to IS NULL OR $viewer IN r.private_to) AND (r.opportunity_key IS NULL OR r.opportunity_key IN keys)
RETURN type(r) AS kind, a.id AS a, b.id AS b, properties(r) AS says, false AS by_us
UNION ALL
MATCH (:Opportunity {id: $id})<-[:SITS_ON]-(a:Person)-[r:INTERACTED|TIE]-(b:Person {team_member: true})
WHERE r.private_to IS NULL OR $viewer IN r.private_to
RETURN type(r) AS kind, a.id AS a, b.id AS b, properties(r) AS says,
       startNode(r).id = b.id AS by_us
