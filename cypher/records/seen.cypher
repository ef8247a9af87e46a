// Notes that this run read these records again and found them unchanged.
// mode: write
// params: keys, run, dataset
// returns:
UNWIND $keys AS key
MATCH (s:SourceRecord {key: key})
SET s.run = $run, s.dataset = $dataset
