// Indexes a WithdrawnRecord's `withdrawn_by` so that the records that one import withdrew are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX withdrawn_record_withdrawn_by IF NOT EXISTS FOR (n:WithdrawnRecord) ON (n.withdrawn_by)
