// Whom a human has said to be another person than the bearer of each of these identities.
// mode: read
// params: keys
// returns: a, b
UNWIND $keys AS key
MATCH (d:Decision {a: key})
WHERE d.kind = 'apart'
RETURN d.a AS a, d.b AS b
