// Forgets some of the replies that were kept long enough.
// mode: write
// params: today
// returns:
MATCH (r:StoredReply)
WHERE r.kept_until < $today
WITH r LIMIT 200
DELETE r
