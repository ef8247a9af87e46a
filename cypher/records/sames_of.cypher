// The decisions by which several nodes became one, by the identities of either side.
// mode: read
// params: keys
// returns: decision
UNWIND $keys AS key
MATCH (d:Decision {a: key})
WHERE d.kind = 'same' AND d.ended IS NULL
RETURN DISTINCT properties(d) AS decision
UNION
UNWIND $keys AS key
MATCH (d:Decision {b: key})
WHERE d.kind = 'same' AND d.ended IS NULL
RETURN DISTINCT properties(d) AS decision
