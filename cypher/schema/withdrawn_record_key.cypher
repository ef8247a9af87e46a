// Indexes a WithdrawnRecord's `key` so that the withdrawn stretches of a record are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX withdrawn_record_key IF NOT EXISTS FOR (n:WithdrawnRecord) ON (n.key)
