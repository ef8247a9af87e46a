// Indexes a Decision's `a` so that the decisions about an identity are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX decision_a IF NOT EXISTS FOR (n:Decision) ON (n.a)
