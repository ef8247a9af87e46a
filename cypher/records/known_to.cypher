// To whom these nodes are known, and whose the records are that describe them ('': shared).
// mode: read
// params: elements
// returns: element, label, known_to, team_member, owners
UNWIND $elements AS element
MATCH (p) WHERE elementId(p) = element
OPTIONAL MATCH (s:SourceRecord)-[:DESCRIBES]->(p)
RETURN element, labels(p)[0] AS label, p.known_to AS known_to, coalesce(p.team_member, false) AS team_member,
  collect(DISTINCT CASE WHEN s IS NULL THEN null ELSE coalesce(s.private_to, '') END) AS owners
