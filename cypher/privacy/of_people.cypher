// How these people came to be stored, as far as the viewer may know: each source, its run, purpose, basis and day.
// mode: read
// params: ids, viewer
// returns: id, collected_on, noticed_on, objected_on, team_member, collections
UNWIND $ids AS id
MATCH (p:Person {id: id})
OPTIONAL MATCH (s:SourceRecord)-[:DESCRIBES]->(p)
WHERE s.private_to IS NULL OR s.private_to = $viewer
OPTIONAL MATCH (run:ImportRun {id: s.run})
RETURN id, coalesce(p.collected_on, p.created_on) AS collected_on, p.noticed_on AS noticed_on,
       p.objected_on AS objected_on, p.team_member AS team_member,
       collect(DISTINCT [s.source, run.id, run.purpose, run.lawful_basis, coalesce(run.collected_on, s.seen_on)]) AS collections
