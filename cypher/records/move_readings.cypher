// Notes that the runs which read these datasets have records in another one now.
// mode: write
// params: datasets, dataset
// returns:
UNWIND $datasets AS old
MATCH (d:DatasetReading {dataset: old})
WITH DISTINCT d.run AS run
MERGE (n:DatasetReading {id: run + '|' + $dataset})
ON CREATE SET n.run = run, n.dataset = $dataset
