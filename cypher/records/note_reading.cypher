// Notes that a run read a dataset.
// mode: write
// params: id, run, dataset
// returns:
MERGE (d:DatasetReading {id: $id})
ON CREATE SET d.run = $run, d.dataset = $dataset
