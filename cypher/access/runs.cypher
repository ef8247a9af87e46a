// Import runs by id, with all that is stored of them.
// mode: read
// params: ids
// returns: run
UNWIND $ids AS id
MATCH (r:ImportRun {id: id})
RETURN properties(r) AS run
