// Revokes the API keys of a team member, and forgets whose they were.
// mode: write
// params: id, now, name
// returns:
MATCH (k:ApiKey {member: $id})
SET k.revoked = coalesce(k.revoked, $now), k.name = $name, k.member = null
