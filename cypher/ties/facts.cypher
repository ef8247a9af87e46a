// Reads the facts between two people that start in a range of ids, as one row of lists.
// mode: read
// params: low, high
// returns: people, others, types, dates, sent, received, strengths, signs, privacy
MATCH (a:Person)
WHERE a.id >= $low AND a.id <= $high
MATCH (a)-[f:CONNECTED|INTERACTED|RECOMMENDED|ENDORSED|REPORTS_TO|ALLIED]->(b:Person)
RETURN collect(a.id) AS people, collect(b.id) AS others, collect(type(f)) AS types,
       collect(coalesce(f.last_on, f.on, f.since, '')) AS dates, collect(coalesce(f.sent, 0)) AS sent,
       collect(coalesce(f.received, 0)) AS received, collect(coalesce(f.strength, -1.0)) AS strengths,
       collect(coalesce(f.sign, 1)) AS signs,
       collect(CASE WHEN f.private_to IS NULL THEN 0
                    WHEN a.id IN f.private_to OR b.id IN f.private_to THEN 1 ELSE 2 END) AS privacy
