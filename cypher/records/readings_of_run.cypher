// The datasets that a run read.
// mode: read
// params: run
// returns: dataset
MATCH (d:DatasetReading {run: $run})
RETURN d.dataset AS dataset
ORDER BY dataset
