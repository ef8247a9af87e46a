// Drops the index on person_search_word2, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP INDEX person_search_word2 IF EXISTS
