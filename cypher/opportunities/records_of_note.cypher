// The source records of an observation.
// mode: read
// params: id
// returns: key
MATCH (:Observation {id: $id})<-[:DESCRIBES]-(s:SourceRecord)
RETURN s.key AS key
