// Drops the index on company_search_name, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP INDEX company_search_name IF EXISTS
