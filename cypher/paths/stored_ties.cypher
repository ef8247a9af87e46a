// Reads the stored ties of given pairs, lesser id first.
// mode: read
// params: pairs
// returns: a, b, p, shared_p, verification, shared_verification
UNWIND $pairs AS pair
MATCH (x:Person {id: pair[0]})-[r:TIE]->(y:Person)
WHERE y.id = pair[1]
RETURN pair[0] AS a, pair[1] AS b, r.p AS p, r.shared_p AS shared_p, r.verification AS verification,
       r.shared_verification AS shared_verification
