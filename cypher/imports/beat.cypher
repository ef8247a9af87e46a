// Shows that a run is alive and how far it is; no row when another worker has it.
// mode: write
// params: id, worker, now, rows, progress
// returns: id
MATCH (run:ImportRun {id: $id})
WHERE run.worker = $worker AND run.state = 'running'
SET run.rows = $rows, run.progress = $progress, run.updated_at = $now
RETURN run.id AS id
