// How many events are marked with one person: `least` and `before` are the bounds of their keys.
// mode: read
// params: least, before
// returns: total
MATCH (m:AuditMark)
WHERE m.key >= $least AND m.key < $before
RETURN count(m) AS total
