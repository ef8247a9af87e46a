// Reads all facts between two people, a row for each person they start at.
// mode: read
// params:
// returns: person, others, types, dates, sent, received, strengths, signs, privacy
MATCH (a:Person)
CALL (a) {
  MATCH (a)-[f:CONNECTED|INTERACTED|RECOMMENDED|ENDORSED|REPORTS_TO|ALLIED]->(b:Person)
  RETURN collect(b.id) AS others, collect(type(f)) AS types,
         collect(coalesce(f.last_on, f.on, f.since, '')) AS dates, collect(coalesce(f.sent, 0)) AS sent,
         collect(coalesce(f.received, 0)) AS received, collect(coalesce(f.strength, -1.0)) AS strengths,
         collect(coalesce(f.sign, 1)) AS signs,
         collect(CASE WHEN f.private_to IS NULL THEN 0
                      WHEN a.id IN f.private_to OR b.id IN f.private_to THEN 1 ELSE 2 END) AS privacy
}
WITH a, others, types, dates, sent, received, strengths, signs, privacy
WHERE size(others) > 0
RETURN a.id AS person, others, types, dates, sent, received, strengths, signs, privacy
