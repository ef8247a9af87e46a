// The ids that a person had before others were joined with them.
// mode: read
// params: id
// returns: id
MATCH (:Person {id: $id})<-[:IDENTIFIES]-(i:Identity {system: 'liaison'})
RETURN i.value AS id
