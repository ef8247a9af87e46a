// Answers, so that an open database is told from an open port.
// mode: read
// params:
// returns: answer
RETURN 1 AS answer
