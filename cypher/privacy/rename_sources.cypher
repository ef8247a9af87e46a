// Lets facts name a source record by its new key.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (:Identity {key: row.end})-[:IDENTIFIES]->(n)-[r]-()
WHERE row.old IN r.sources
SET r.sources = [key IN r.sources | CASE WHEN key = row.old THEN row.new ELSE key END]
