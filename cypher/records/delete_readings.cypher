// Forgets which datasets a run read.
// mode: write
// params: run
// returns:
MATCH (d:DatasetReading {run: $run})
DELETE d
