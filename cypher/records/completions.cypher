// When runs read these datasets to their end.
// mode: read
// params: datasets
// returns: run, dataset, turn, day
UNWIND $datasets AS dataset
MATCH (d:DatasetReading {dataset: dataset})
WHERE d.complete IS NOT NULL
RETURN d.run AS run, d.dataset AS dataset, d.complete AS turn, d.completed_on AS day
