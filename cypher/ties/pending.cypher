// Counts all people and those whose ties must be derived again.
// mode: read
// params:
// returns: people, pending
RETURN COUNT { MATCH (:Person) } AS people, COUNT { MATCH (:Person {pending: true}) } AS pending
