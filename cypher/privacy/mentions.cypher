// The keys of all records that state something at a person.
// mode: read
// params: id
// returns: key
MATCH (:Person {id: $id})-[r]-()
UNWIND r.sources AS key
RETURN DISTINCT key
