// Indexes a MatchCandidate's `state` so that open questions are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX match_candidate_state IF NOT EXISTS FOR (n:MatchCandidate) ON (n.state)
