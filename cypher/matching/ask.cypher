// Asks a human about pairs of people; a pair that is asked about already is brought up to date.
// mode: write
// params: rows
// returns: pair
UNWIND $rows AS row
MATCH (a:Person {id: row.a})
MATCH (b:Person {id: row.b})
MERGE (c:MatchCandidate {pair: row.pair})
ON CREATE SET c.id = row.id, c.run = row.run, c.found_on = row.found_on, c.state = 'open'
SET c.score = row.score, c.reasons = row.reasons
MERGE (c)-[:COMPARES]->(a)
MERGE (c)-[:COMPARES]->(b)
RETURN row.pair AS pair
