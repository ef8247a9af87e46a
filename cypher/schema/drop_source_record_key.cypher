// Drops the constraint on source_record_key, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP CONSTRAINT source_record_key IF EXISTS
