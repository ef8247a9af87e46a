// Notes how far a run has come, in the transaction of the batch itself; no row when another worker has it.
// mode: write
// params: id, worker, now, position, counts, rows, progress
// returns: id
MATCH (run:ImportRun {id: $id})
WHERE run.worker = $worker AND run.state = 'running'
SET run.position = $position, run.counts = $counts, run.rows = $rows, run.progress = $progress,
    run.updated_at = $now
RETURN run.id AS id
