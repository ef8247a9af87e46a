// Indexes a SourceRecord's `dataset` so that the records of one dataset are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX source_record_dataset IF NOT EXISTS FOR (n:SourceRecord) ON (n.dataset)
