// All introductions, the oldest first: their ids tell.
// mode: read
// params:
// returns: introduction
MATCH (n:Introduction)
RETURN properties(n) AS introduction
ORDER BY n.id
