// Finds the API keys that begin alike, revoked ones left out.
// mode: read
// params: prefix
// returns: id, name, role, hash, member, mutations, last_used
MATCH (k:ApiKey {prefix: $prefix})
WHERE k.revoked IS NULL
RETURN k.id AS id, k.name AS name, k.role AS role, k.hash AS hash, k.member AS member,
  k.mutations AS mutations, k.last_used AS last_used
