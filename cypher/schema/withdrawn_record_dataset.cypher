// Indexes a WithdrawnRecord's `dataset` so that one dataset's withdrawn records are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX withdrawn_record_dataset IF NOT EXISTS FOR (n:WithdrawnRecord) ON (n.dataset)
