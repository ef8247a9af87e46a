// Indexes a Company's `pending` so that what must be derived again is found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX company_pending IF NOT EXISTS FOR (n:Company) ON (n.pending)
