// Revokes an API key; one that was revoked before keeps its date.
// mode: write
// params: id, now
// returns: id, name
MATCH (k:ApiKey {id: $id})
SET k.revoked = coalesce(k.revoked, $now)
RETURN k.id AS id, k.name AS name
