// Drops the constraint on withdrawn_record_id, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP CONSTRAINT withdrawn_record_id IF EXISTS
