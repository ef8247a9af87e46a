// Runs, newest first, after a place in that order.
// mode: read
// params: created_at, id, limit
// returns: run
MATCH (run:ImportRun)
WHERE run.created_at < $created_at OR (run.created_at = $created_at AND run.id < $id)
RETURN properties(run) AS run
ORDER BY run.created_at DESC, run.id DESC LIMIT $limit
