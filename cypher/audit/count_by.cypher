// How many events one actor caused: `least` and `before` are the bounds of their keys.
// mode: read
// params: least, before
// returns: total
MATCH (e:AuditEvent)
WHERE e.by >= $least AND e.by < $before
RETURN count(e) AS total
