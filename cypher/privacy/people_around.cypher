// The people at whom something is stated together with a person.
// mode: read
// params: id
// returns: element
MATCH (:Person {id: $id})-[r]-(o:Person)
WHERE r.sources IS NOT NULL
RETURN DISTINCT elementId(o) AS element
