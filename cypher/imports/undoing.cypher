// Runs that somebody began to take back, the oldest first.
// mode: read
// params:
// returns: id, by
MATCH (run:ImportRun {state: 'undoing'})
RETURN run.id AS id, run.undone_by AS by
ORDER BY id
