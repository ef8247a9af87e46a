// Some marks of one person, in no order: `least` and `before` are the bounds of their keys.
// mode: read
// params: least, before, limit
// returns: key
MATCH (m:AuditMark)
WHERE m.key >= $least AND m.key < $before
RETURN m.key AS key
LIMIT $limit
