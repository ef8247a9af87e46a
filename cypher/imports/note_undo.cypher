// Notes what of a run is taken back so far, in the transaction that does it; no row when another worker has it.
// mode: write
// params: id, worker, now, taken
// returns: id
MATCH (run:ImportRun {id: $id})
WHERE run.worker = $worker AND run.state = 'undoing'
SET run.taken = $taken, run.updated_at = $now
RETURN run.id AS id
