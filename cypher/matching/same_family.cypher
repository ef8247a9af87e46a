// The people under each key of family name and initial; those of a larger block than the limit are cut off.
// mode: read
// params: keys, limit
// returns: key, ids
UNWIND $keys AS key
MATCH (p:Person {match_family: key})
RETURN key, collect(p.id)[0..$limit] AS ids
