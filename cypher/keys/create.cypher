// Stores a new API key; the same id again changes nothing.
// mode: write
// params: id, name, role, prefix, hash, member, mutations, created
// returns: id, hash
MERGE (k:ApiKey {id: $id})
ON CREATE SET
  k.name = $name, k.role = $role, k.prefix = $prefix, k.hash = $hash, k.member = $member,
  k.mutations = $mutations, k.created = $created
RETURN k.id AS id, k.hash AS hash
