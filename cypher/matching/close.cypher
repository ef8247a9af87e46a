// Closes the question whether two people are one: it has been decided.
// mode: write
// params: a, b
// returns:
MATCH (:Person {id: $a})<-[:COMPARES]-(c:MatchCandidate)-[:COMPARES]->(:Person {id: $b})
DETACH DELETE c
