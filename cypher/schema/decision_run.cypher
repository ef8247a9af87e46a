// Indexes a Decision's `run` so that the decisions of one import are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX decision_run IF NOT EXISTS FOR (n:Decision) ON (n.run)
