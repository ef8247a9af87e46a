// Notes that a run read a dataset to its end: what it did not find there is withdrawn.
// mode: write
// params: id, run, dataset, turn, day
// returns:
MERGE (d:DatasetReading {id: $id})
ON CREATE SET d.run = $run, d.dataset = $dataset
SET d.complete = coalesce(d.complete, $turn), d.completed_on = coalesce(d.completed_on, $day)
