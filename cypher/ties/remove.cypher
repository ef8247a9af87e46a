// Removes ties: for each lesser end, a map whose keys are the greater ends.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (:Person {id: row.person})-[t:TIE]->(b:Person)
WHERE row.ties[b.id] IS NOT NULL
DELETE t
