// Stores events.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
CREATE (e:AuditEvent)
SET e = row
