// Drops the index on person_match_names, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP INDEX person_match_names IF EXISTS
