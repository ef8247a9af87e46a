// Closes a run with its result; no row when another worker has it.
// mode: write
// params: id, worker, now, state, details, counts, rows, progress
// returns: id
MATCH (run:ImportRun {id: $id})
WHERE run.worker = $worker AND run.state IN ['running', $state]
SET run.state = $state, run.details = $details, run.counts = $counts, run.rows = $rows,
    run.progress = $progress, run.updated_at = $now, run.finished_at = $now
REMOVE run.position
RETURN run.id AS id
