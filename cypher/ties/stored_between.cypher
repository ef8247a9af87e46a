// Reads the ties between people and some others, given as a map for each, as one row of lists.
// mode: read
// params: rows
// returns: people, others, p, shared_p, verification, shared_verification, last_evidence, kinds, as_of
UNWIND $rows AS row
MATCH (:Person {id: row.person})-[t:TIE]-(b:Person)
WHERE row.others[b.id] IS NOT NULL
RETURN collect(row.person) AS people, collect(b.id) AS others, collect(t.p) AS p, collect(t.shared_p) AS shared_p,
       collect(t.verification) AS verification, collect(t.shared_verification) AS shared_verification,
       collect(coalesce(t.last_evidence, '')) AS last_evidence, collect(t.kinds) AS kinds, collect(t.as_of) AS as_of
