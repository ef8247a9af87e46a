// Indexes a StoredReply's `kept_until` so that old ones are found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX stored_reply_kept_until IF NOT EXISTS FOR (n:StoredReply) ON (n.kept_until)
