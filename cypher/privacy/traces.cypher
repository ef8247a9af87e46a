// Who a person is, wherever it is written: their node, identities, and the records that describe them.
// mode: read
// params: id
// returns: id, element, name, identities, records
MATCH (p:Person {id: $id})
OPTIONAL MATCH (i:Identity)-[:IDENTIFIES]->(p)
WITH p, collect([i.key, i.system, i.value]) AS identities
OPTIONAL MATCH (s:SourceRecord)-[:DESCRIBES]->(p)
RETURN p.id AS id, elementId(p) AS element, p.name AS name, identities, collect([s.key, s.said, s.fields, s.earlier]) AS records
