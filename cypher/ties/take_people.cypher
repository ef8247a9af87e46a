// Takes people whose ties must be derived again off the list.
// mode: write
// params: limit
// returns: ids
MATCH (p:Person {pending: true})
WITH p LIMIT $limit
REMOVE p.pending
RETURN collect(p.id) AS ids
