// Says which of these events are stored.
// mode: read
// params: ids
// returns: id
UNWIND $ids AS id
MATCH (e:AuditEvent {id: id})
RETURN e.id AS id
