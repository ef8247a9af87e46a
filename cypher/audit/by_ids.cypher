// Events by id.
// mode: read
// params: ids
// returns: event
UNWIND $ids AS id
MATCH (e:AuditEvent {id: id})
RETURN properties(e) AS event
