// Indexes a Person's `pending` so that what must be derived again is found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX person_pending IF NOT EXISTS FOR (n:Person) ON (n.pending)
