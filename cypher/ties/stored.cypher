// Reads the ties whose lesser end lies in a range of ids, as one row of lists.
// mode: read
// params: low, high
// returns: people, others, p, shared_p, verification, shared_verification, last_evidence, kinds, as_of
MATCH (a:Person)
WHERE a.id >= $low AND a.id <= $high
MATCH (a)-[t:TIE]->(b:Person)
RETURN collect(a.id) AS people, collect(b.id) AS others, collect(t.p) AS p, collect(t.shared_p) AS shared_p,
       collect(t.verification) AS verification, collect(t.shared_verification) AS shared_verification,
       collect(coalesce(t.last_evidence, '')) AS last_evidence, collect(t.kinds) AS kinds, collect(t.as_of) AS as_of
