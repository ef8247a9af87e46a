// The decisions that matching made in a run.
// mode: read
// params: run
// returns: decision
MATCH (d:Decision {run: $run})
RETURN properties(d) AS decision
ORDER BY decision.id DESC
