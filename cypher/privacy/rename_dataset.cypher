// Gives a dataset another name.
// mode: write
// params: old, new
// returns:
MATCH (s:SourceRecord {dataset: $old})
SET s.dataset = $new
