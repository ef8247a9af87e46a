// Indexes a SourceRecord's `moved_on` so that changes of job are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX source_record_moved_on IF NOT EXISTS FOR (n:SourceRecord) ON (n.moved_on)
