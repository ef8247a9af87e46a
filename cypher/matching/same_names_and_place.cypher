// Of the people under a key of both names, those of one place: what a large block is cut by.
// mode: read
// params: rows, limit
// returns: ids
UNWIND $rows AS row
MATCH (p:Person {match_names: row.key})
WHERE p.match_place = row.place
RETURN collect(p.id)[0..$limit] AS ids
