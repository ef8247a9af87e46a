// All identities of these people, those of rows without any included.
// mode: read
// params: ids
// returns: id, identities
UNWIND $ids AS id
MATCH (:Person {id: id})<-[:IDENTIFIES]-(i:Identity)
RETURN id, collect([i.system, i.value]) AS identities
