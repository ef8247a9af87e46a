// The identities of each of these opportunities, by which a new record can refer to them.
// mode: read
// params: ids
// returns: id, identities
UNWIND $ids AS id
MATCH (n:Opportunity {id: id})<-[:IDENTIFIES]-(i:Identity)
RETURN id, collect([i.system, i.value, i.url]) AS identities
