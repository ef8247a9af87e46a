// Indexes a MatchCandidate's `run` so that what a run has raised is found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX match_candidate_run IF NOT EXISTS FOR (n:MatchCandidate) ON (n.run)
