// Indexes a Suppression's `batch` so that what was put on the list together is found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX suppression_batch IF NOT EXISTS FOR (n:Suppression) ON (n.batch)
