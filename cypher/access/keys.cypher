// The API keys that belong to a team member, without what they are checked by.
// mode: read
// params: id
// returns: id, name, role, created, last_used, revoked
MATCH (k:ApiKey {member: $id})
RETURN k.id AS id, k.name AS name, k.role AS role, k.created AS created, k.last_used AS last_used, k.revoked AS revoked
