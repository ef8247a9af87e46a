// Indexes a DatasetReading's `run` so that the datasets of one import are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX dataset_reading_run IF NOT EXISTS FOR (n:DatasetReading) ON (n.run)
