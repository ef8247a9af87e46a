// Takes one person out of these events: what was done stays, whom it concerned does not.
// mode: write
// params: person, events
// returns:
UNWIND $events AS id
MATCH (e:AuditEvent {id: id})
SET e.people = [each IN e.people WHERE each <> $person]
