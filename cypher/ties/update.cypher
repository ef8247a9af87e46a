// Changes ties: for each lesser end, a map from the greater end to the new values.
// mode: write
// params: rows, as_of
// returns:
UNWIND $rows AS row
MATCH (:Person {id: row.person})-[t:TIE]->(b:Person)
WITH t, row.ties[b.id] AS tie
WHERE tie IS NOT NULL
SET t.p = tie[1], t.shared_p = tie[2], t.verification = tie[3], t.shared_verification = tie[4],
    t.last_evidence = tie[5], t.kinds = tie[6], t.as_of = $as_of
