// Allows one AuditMark for each `key` (a person's id, then an event's), and finds pages of them by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT audit_mark_key IF NOT EXISTS FOR (n:AuditMark) REQUIRE n.key IS UNIQUE
