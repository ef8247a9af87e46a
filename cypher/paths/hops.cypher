// Reads the ties of given pairs (lesser id first) with the two people, as much of them as a path shows.
// mode: read
// params: pairs
// returns: x, y, p, shared_p, verification, shared_verification
UNWIND $pairs AS pair
MATCH (x:Person {id: pair[0]})-[r:TIE]->(y:Person)
WHERE y.id = pair[1]
RETURN x {.id, .name, .headline, .team_member, .objected} AS x,
       y {.id, .name, .headline, .team_member, .objected} AS y,
       r.p AS p, r.shared_p AS shared_p, r.verification AS verification,
       r.shared_verification AS shared_verification
