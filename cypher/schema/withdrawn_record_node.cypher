// Indexes a WithdrawnRecord's `node` so that the withdrawn records of a node are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX withdrawn_record_node IF NOT EXISTS FOR (n:WithdrawnRecord) ON (n.node)
