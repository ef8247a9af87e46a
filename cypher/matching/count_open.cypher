// Counts the open questions whether two people are one.
// mode: read
// params:
// returns: total
MATCH (c:MatchCandidate {state: 'open'})
MATCH (a:Person)<-[:COMPARES]-(c)-[:COMPARES]->(b:Person)
WHERE a.id < b.id
RETURN count(c) AS total
