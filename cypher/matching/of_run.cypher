// How many open questions a run has raised.
// mode: read
// params: run
// returns: total
MATCH (c:MatchCandidate {run: $run})
WHERE c.state = 'open'
RETURN count(c) AS total
