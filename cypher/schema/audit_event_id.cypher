// Allows one AuditEvent for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT audit_event_id IF NOT EXISTS FOR (n:AuditEvent) REQUIRE n.id IS UNIQUE
