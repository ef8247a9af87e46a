// Reads the ids of all people, in some 256 rows of lists.
// mode: read
// params:
// returns: ids
MATCH (p:Person)
WITH right(p.id, 2) AS part, collect(p.id) AS ids
RETURN ids
