// The decisions that still hold between these identities.
// mode: read
// params: keys, kind
// returns: decision
UNWIND $keys AS key
MATCH (d:Decision {a: key})
WHERE d.kind = $kind AND d.ended IS NULL AND d.b IN $keys
RETURN properties(d) AS decision
