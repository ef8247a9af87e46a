// Drops the index on dataset_reading_dataset, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP INDEX dataset_reading_dataset IF EXISTS
