// How many records of a dataset a run read, and how many it withdrew.
// mode: read
// params: run, dataset
// returns: read, withdrawn
OPTIONAL MATCH (s:SourceRecord {dataset: $dataset})
WHERE $run IN s.runs OR $run IN coalesce(s.earlier_runs, [])
WITH count(s) AS read
OPTIONAL MATCH (w:WithdrawnRecord {withdrawn_by: $run})
WHERE w.dataset = $dataset
RETURN read, count(w) AS withdrawn
