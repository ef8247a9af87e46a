// How many people matching has merged into others on behalf of a run, as far as that still holds.
// mode: read
// params: run
// returns: total
MATCH (d:Decision {run: $run})
WHERE d.kind = 'same' AND d.by = 'matching' AND d.ended IS NULL
RETURN count(d) AS total
