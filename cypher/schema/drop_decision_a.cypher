// Drops the index on decision_a, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP INDEX decision_a IF EXISTS
