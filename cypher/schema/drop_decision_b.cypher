// Drops the index on decision_b, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP INDEX decision_b IF EXISTS
