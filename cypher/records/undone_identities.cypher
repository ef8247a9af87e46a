// Identities to be looked at as a run is undone, with the nodes that they mean.
// mode: read
// params: run, limit
// returns: element, label, properties, keys
MATCH (i:Identity {undone_by: $run})-[:IDENTIFIES]->(n)
WITH i, n LIMIT $limit
RETURN elementId(n) AS element, labels(n)[0] AS label, properties(n) AS properties, collect(i.key) AS keys
