// The newest events of one actor before a key: `least` and `before` are the bounds of their keys.
// mode: read
// params: least, before, limit
// returns: event
MATCH (e:AuditEvent)
WHERE e.by >= $least AND e.by < $before
WITH e ORDER BY e.by DESC LIMIT $limit
RETURN properties(e) AS event
