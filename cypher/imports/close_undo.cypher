// Notes that a run is taken back; no row when another worker has it.
// mode: write
// params: id, worker, now
// returns: id
MATCH (run:ImportRun {id: $id})
WHERE run.worker = $worker AND run.state = 'undoing'
SET run.state = 'undone', run.undone_at = $now, run.updated_at = $now
RETURN run.id AS id
