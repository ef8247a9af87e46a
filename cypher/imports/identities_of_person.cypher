// The identities of one person, in key order.
// mode: read
// params: id
// returns: system, value, url
MATCH (person:Person {id: $id})<-[:IDENTIFIES]-(identity:Identity)
RETURN identity.system AS system, identity.value AS value, identity.url AS url
ORDER BY identity.key
