// How many imports there are.
// mode: read
// params:
// returns: total
MATCH (run:ImportRun)
RETURN count(run) AS total
