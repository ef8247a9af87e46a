// Forgets some of the withdrawn records that were kept long enough.
// mode: write
// params: before, limit
// returns: forgotten
MATCH (w:WithdrawnRecord)
WHERE w.withdrawn_on < $before
WITH w LIMIT $limit
DETACH DELETE w
RETURN count(*) AS forgotten
