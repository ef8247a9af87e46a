// To whom those of these nodes that are people are known, and whose the records are that describe them ('': shared).
// mode: read
// params: elements
// returns: element, known_to, team_member, owners
UNWIND $elements AS element
MATCH (p) WHERE elementId(p) = element AND p:Person
OPTIONAL MATCH (s:SourceRecord)-[:DESCRIBES]->(p)
RETURN element, p.known_to AS known_to, coalesce(p.team_member, false) AS team_member,
  collect(DISTINCT CASE WHEN s IS NULL THEN null ELSE coalesce(s.private_to, '') END) AS owners
