// One run by id.
// mode: read
// params: id
// returns: run
MATCH (run:ImportRun {id: $id})
RETURN properties(run) AS run
