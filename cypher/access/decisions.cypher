// What was decided about the sameness of somebody with these identities.
// mode: read
// params: keys
// returns: decision
MATCH (d:Decision)
WHERE d.a IN $keys OR d.b IN $keys
RETURN properties(d) AS decision
