// Indexes a DatasetReading's `dataset` so that the imports that read a dataset are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX dataset_reading_dataset IF NOT EXISTS FOR (n:DatasetReading) ON (n.dataset)
