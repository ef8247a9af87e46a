// Indexes an AuditEvent's `by` (who did it, then its id) for pages of one actor's events.
// mode: write
// params:
// returns:
CREATE RANGE INDEX audit_event_by IF NOT EXISTS FOR (n:AuditEvent) ON (n.by)
