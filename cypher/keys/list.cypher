// Lists every API key, oldest first, without what it is checked by.
// mode: read
// params:
// returns: id, name, role, prefix, member, mutations, created, last_used, revoked
MATCH (k:ApiKey)
RETURN k.id AS id, k.name AS name, k.role AS role, k.prefix AS prefix, k.member AS member,
  k.mutations AS mutations, k.created AS created, k.last_used AS last_used, k.revoked AS revoked
ORDER BY k.created, k.id
