// Creates ties: for each lesser end, a list of [greater end, p, shared p, verifications, last evidence, kinds].
// mode: write
// params: rows, as_of
// returns:
UNWIND $rows AS row
MATCH (a:Person {id: row.person})
UNWIND row.ties AS tie
MATCH (b:Person {id: tie[0]})
CREATE (a)-[:TIE {p: tie[1], shared_p: tie[2], verification: tie[3], shared_verification: tie[4],
                  last_evidence: tie[5], kinds: tie[6], as_of: $as_of}]->(b)
