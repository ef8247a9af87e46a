// Notes that this run read these records again and found them unchanged; of many readings some are dropped.
// mode: write
// params: rows, run, dataset, most
// returns:
UNWIND $rows AS row
MATCH (s:SourceRecord {key: row.key})
WITH s, row, s.run <> $run AS is_new,
     CASE WHEN size(s.runs) < $most THEN s.runs ELSE [s.runs[0]] + s.runs[2..] END AS runs,
     CASE WHEN size(s.readings) < $most THEN s.readings ELSE [s.readings[0]] + s.readings[2..] END AS readings
SET s.run = $run, s.dataset = $dataset,
    s.runs = CASE WHEN is_new THEN runs + [$run] ELSE s.runs END,
    s.readings = CASE WHEN is_new THEN readings + [row.reading] ELSE s.readings END
