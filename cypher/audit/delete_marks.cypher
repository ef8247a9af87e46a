// Deletes marks by their keys.
// mode: write
// params: keys
// returns:
UNWIND $keys AS key
MATCH (m:AuditMark {key: key})
DELETE m
