// Gives a dataset another name where it is noted which runs read it.
// mode: write
// params: old, new
// returns:
MATCH (d:DatasetReading {dataset: $old})
SET d.dataset = $new, d.id = d.run + '|' + $new
