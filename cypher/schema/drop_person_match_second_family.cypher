// Drops the index on person_match_second_family, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP INDEX person_match_second_family IF EXISTS
