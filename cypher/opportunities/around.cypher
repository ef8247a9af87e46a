// What was noted in an opportunity: observations, signals of the company and of its people, introductions.
// mode: read
// params: id
// returns: kind, says, subject, other, other_name
MATCH (:Opportunity {id: $id})<-[:HEARD_IN]-(n:Observation)-[:ABOUT]->(p:Person)
OPTIONAL MATCH (n)-[:HEARD_FROM]->(i:Person)
RETURN 'note' AS kind, properties(n) AS says, p.id AS subject, i.id AS other, i.name AS other_name
UNION ALL
MATCH (:Opportunity {id: $id})-[:SOUGHT_AT]->(:Company)<-[:SHOWN_BY]-(n:Signal)
RETURN DISTINCT 'signal' AS kind, properties(n) AS says, null AS subject, null AS other, null AS other_name
UNION ALL
MATCH (o:Opportunity {id: $id})-[:SOUGHT_AT]->(c:Company)<-[w:WORKED_AT {current: true}]-(p:Person)<-[:SHOWN_BY]-(n:Signal)
RETURN DISTINCT 'signal' AS kind, properties(n) AS says, p.id AS subject, null AS other, null AS other_name
UNION ALL
MATCH (:Opportunity {id: $id})<-[:SITS_ON]-(p:Person)<-[:SHOWN_BY]-(n:Signal)
RETURN 'signal' AS kind, properties(n) AS says, p.id AS subject, null AS other, null AS other_name
UNION ALL
MATCH (:Opportunity {id: $id})<-[:ASKED_FOR]-(n:Introduction)
RETURN 'introduction' AS kind, properties(n) AS says, null AS subject, null AS other, null AS other_name
