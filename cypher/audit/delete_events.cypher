// Deletes events by id.
// mode: write
// params: ids
// returns:
UNWIND $ids AS id
MATCH (e:AuditEvent {id: id})
DELETE e
