// Reads the facts between people and some others, given as a map for each, as one row of lists.
// mode: read
// params: rows
// returns: people, others, types, dates, sent, received, strengths, signs, privacy
UNWIND $rows AS row
MATCH (a:Person {id: row.person})-[f:CONNECTED|INTERACTED|RECOMMENDED|ENDORSED|REPORTS_TO|ALLIED]-(b:Person)
WHERE row.others[b.id] IS NOT NULL
RETURN collect(a.id) AS people, collect(b.id) AS others, collect(type(f)) AS types,
       collect(coalesce(f.last_on, f.on, f.since, '')) AS dates, collect(coalesce(f.sent, 0)) AS sent,
       collect(coalesce(f.received, 0)) AS received, collect(coalesce(f.strength, -1.0)) AS strengths,
       collect(coalesce(f.sign, 1)) AS signs,
       collect(CASE WHEN f.private_to IS NULL THEN 0
                    WHEN a.id IN f.private_to OR b.id IN f.private_to THEN 1 ELSE 2 END) AS privacy
