// Drops the constraint on match_candidate_pair, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP CONSTRAINT match_candidate_pair IF EXISTS
