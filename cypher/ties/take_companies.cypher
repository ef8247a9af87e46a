// Takes companies whose ties must be derived again off the list.
// mode: write
// params: limit
// returns: elements
MATCH (o:Company {pending: true})
WITH o LIMIT $limit
REMOVE o.pending
RETURN collect(elementId(o)) AS elements
