// Takes projects whose ties must be derived again off the list.
// mode: write
// params: limit
// returns: elements
MATCH (o:Project {pending: true})
WITH o LIMIT $limit
REMOVE o.pending
RETURN collect(elementId(o)) AS elements
