// Indexes a Decision's `b` so that the decisions about an identity are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX decision_b IF NOT EXISTS FOR (n:Decision) ON (n.b)
