// Takes away the open questions that a run has raised.
// mode: write
// params: run
// returns:
MATCH (c:MatchCandidate {run: $run})
DETACH DELETE c
