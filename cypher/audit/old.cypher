// Some events older than an id, with the people by whom they are found.
// mode: read
// params: before, limit
// returns: id, people
MATCH (e:AuditEvent)
WHERE e.id < $before
RETURN e.id AS id, e.people AS people
LIMIT $limit
