// Counts the open questions whether two people are one, of those of whom one sees both ('*': everybody).
// mode: read
// params: sees
// returns: total
MATCH (c:MatchCandidate {state: 'open'})
MATCH (a:Person)<-[:COMPARES]-(c)-[:COMPARES]->(b:Person)
WHERE a.id < b.id
  AND (a.known_to IS NULL OR $sees = '*' OR $sees IN a.known_to)
  AND (b.known_to IS NULL OR $sees = '*' OR $sees IN b.known_to)
RETURN count(c) AS total
