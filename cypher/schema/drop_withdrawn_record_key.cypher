// Drops the index on withdrawn_record_key, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP INDEX withdrawn_record_key IF EXISTS
