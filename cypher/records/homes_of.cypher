// The identities of these nodes, each with the id of the node that it was made for, and who named it.
// mode: read
// params: elements
// returns: element, key, home, runs
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
MATCH (i:Identity)-[:IDENTIFIES]->(n)
RETURN element, i.key AS key, i.home AS home, coalesce(i.runs, []) AS runs
