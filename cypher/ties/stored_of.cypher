// Reads the ties of given people, as one row of lists.
// mode: read
// params: people
// returns: people, others, p, shared_p, verification, shared_verification, last_evidence, kinds, as_of
UNWIND $people AS person
MATCH (:Person {id: person})-[t:TIE]-(b:Person)
RETURN collect(person) AS people, collect(b.id) AS others, collect(t.p) AS p, collect(t.shared_p) AS shared_p,
       collect(t.verification) AS verification, collect(t.shared_verification) AS shared_verification,
       collect(coalesce(t.last_evidence, '')) AS last_evidence, collect(t.kinds) AS kinds, collect(t.as_of) AS as_of
