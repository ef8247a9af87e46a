// The schools of these people.
// mode: read
// params: ids
// returns: id, schools
UNWIND $ids AS id
MATCH (:Person {id: id})-[:STUDIED_AT]->(s:School)
RETURN id, collect(DISTINCT s.name) AS schools
