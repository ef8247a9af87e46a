// Indexes a Project's `pending` so that what must be derived again is found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX project_pending IF NOT EXISTS FOR (n:Project) ON (n.pending)
