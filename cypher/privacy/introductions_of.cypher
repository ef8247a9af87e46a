// The introductions that lead along these people.
// mode: read
// params: ids
// returns: introduction
UNWIND $ids AS id
MATCH (:Person {id: id})<-[:ALONG]-(n:Introduction)
RETURN DISTINCT properties(n) AS introduction
