// Who is bound to whom, a row a member and kind: members among themselves, and with ours (ties and contact).
// Each bond is [the other, whether it starts at the other, what it says], as far as the viewer may know it.
// mode: read
// params: id, viewer
// returns: kind, member, bonds
MATCH (o:Opportunity {id: $id})<-[:IDENTIFIES]-(i:Identity)
WITH o, collect(i.key) AS keys
MATCH (o)<-[:SITS_ON]-(a:Person)-[r:ALLIED|NOT_ALLIED|REPORTS_TO]->(b:Person)-[:SITS_ON]->(o)
WHERE (r.private_to IS NULL OR $viewer IN r.private_to) AND (r.opportunity_key IS NULL OR r.opportunity_key IN keys)
RETURN type(r) AS kind, a.id AS member, collect([b.id, false, properties(r)]) AS bonds
UNION ALL
MATCH (:Opportunity {id: $id})<-[:SITS_ON]-(a:Person)-[r:INTERACTED]-(b:Person {team_member: true})
WHERE r.private_to IS NULL OR $viewer IN r.private_to
RETURN 'INTERACTED' AS kind, a.id AS member, collect([b.id, startNode(r).id = b.id, properties(r)]) AS bonds
UNION ALL
MATCH (:Opportunity {id: $id})<-[:SITS_ON]-(a:Person)-[r:TIE]-(b:Person {team_member: true})
RETURN 'TIE' AS kind, a.id AS member, collect([b.id, false, {p: r.p, shared_p: r.shared_p}]) AS bonds
