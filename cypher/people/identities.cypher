// The identities of these people; the hashed ones of rows without any are left out.
// mode: read
// params: ids
// returns: id, identities
UNWIND $ids AS id
MATCH (:Person {id: id})<-[:IDENTIFIES]-(i:Identity)
WHERE i.system <> 'row'
RETURN id, collect([i.system, i.value, i.url]) AS identities
