// Gives an unfinished run to a worker, unless somebody else took it since `expected` was read.
// mode: write
// params: id, expected, worker, now
// returns: id
MATCH (run:ImportRun {id: $id})
// Setting first takes the lock, so that of two claims the second sees the first.
SET run.asked_by = $worker
WITH run
WHERE run.state IN ['queued', 'running'] AND coalesce(run.worker, '') = $expected
SET run.worker = $worker, run.state = 'running', run.updated_at = $now
RETURN run.id AS id
