// Takes away the open questions about these people that were not found again.
// mode: write
// params: ids, pairs
// returns:
UNWIND $ids AS id
MATCH (:Person {id: id})<-[:COMPARES]-(c:MatchCandidate {state: 'open'})
WHERE NOT c.pair IN $pairs
DETACH DELETE c
