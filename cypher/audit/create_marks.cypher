// Stores by which person events are found.
// mode: write
// params: keys
// returns:
UNWIND $keys AS key
CREATE (:AuditMark {key: key})
