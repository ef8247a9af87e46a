// Indexes a Identity's `undone_by` so that the identities that an undo has to look at are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX identity_undone_by IF NOT EXISTS FOR (n:Identity) ON (n.undone_by)
