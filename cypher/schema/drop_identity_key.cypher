// Drops the constraint on identity_key, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP CONSTRAINT identity_key IF EXISTS
