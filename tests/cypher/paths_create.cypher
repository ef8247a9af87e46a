// Creates people and the ties between them for tests of the path search.
UNWIND $people AS x
CREATE (p:Person {id: x.id})
SET p.name = x.name, p.headline = x.headline, p.objected = x.objected, p.team_member = x.team_member
WITH count(*) AS created
UNWIND $ties AS t
MATCH (a:Person {id: t.a})
MATCH (b:Person {id: t.b})
CREATE (a)-[:TIE {p: t.p, shared_p: t.shared_p, verification: t.verification,
                  shared_verification: t.shared_verification}]->(b)
