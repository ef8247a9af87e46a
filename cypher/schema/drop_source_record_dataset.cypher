// Drops the index on source_record_dataset, to be made anew: deleted values stay in it until then.
// mode: write
// params:
// returns:
DROP INDEX source_record_dataset IF EXISTS
