// Drops the index on person_search_last, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP INDEX person_search_last IF EXISTS
