// Drops the constraint on dataset_reading_id, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP CONSTRAINT dataset_reading_id IF EXISTS
