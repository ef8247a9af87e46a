// All that some datasets say of people, and said until an import withdrew it, as far as the viewer may know.
// mode: read
// params: wanted, viewer
// returns: record, person
UNWIND $wanted AS one
MATCH (p:Person {id: one.id})<-[:DESCRIBES]-(s:SourceRecord)
WHERE s.dataset = one.dataset AND (s.private_to IS NULL OR s.private_to = $viewer)
RETURN s {.key, .source, .dataset, .home, .said, .earlier, .earlier_readings, .runs, .readings, .private_to, .verified}
       AS record,
       p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person
UNION ALL
UNWIND $wanted AS one
MATCH (p:Person {id: one.id})<-[:TOLD_OF]-(w:WithdrawnRecord)
WHERE w.node = p.id AND w.dataset = one.dataset AND (w.private_to IS NULL OR w.private_to = $viewer)
RETURN w {.key, .source, .dataset, .home, .said, .earlier, .earlier_readings, .runs, .readings, .private_to, .verified,
          .withdrawn_by, .withdrawn_on} AS record,
       p {.id, .name, .headline, .location, .team_member, .objected, .known_to} AS person
