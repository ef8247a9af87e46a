// Deletes what was decided about the sameness of somebody with these identities.
// mode: write
// params: keys
// returns:
MATCH (d:Decision)
WHERE d.a IN $keys OR d.b IN $keys
DETACH DELETE d
