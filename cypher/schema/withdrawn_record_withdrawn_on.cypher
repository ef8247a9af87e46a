// Indexes a WithdrawnRecord's `withdrawn_on` so that those kept long enough are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX withdrawn_record_withdrawn_on IF NOT EXISTS FOR (n:WithdrawnRecord) ON (n.withdrawn_on)
