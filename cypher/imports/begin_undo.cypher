// Gives a run to a worker that takes it back, unless somebody else took it since `expected` was read.
// mode: write
// params: id, expected, worker, by, now
// returns: id
MATCH (run:ImportRun {id: $id})
// Setting first takes the lock, so that of two claims the second sees the first.
SET run.asked_by = $worker
WITH run
WHERE run.state IN ['done', 'failed', 'undoing'] AND coalesce(run.worker, '') = $expected
SET run.worker = $worker, run.state = 'undoing', run.updated_at = $now,
    run.undone_by = coalesce(run.undone_by, $by)
RETURN run.id AS id
