// As same_family, by the second part of a double family name.
// mode: read
// params: keys, limit
// returns: key, ids
UNWIND $keys AS key
MATCH (p:Person {match_second_family: key})
RETURN key, collect(p.id)[0..$limit] AS ids
