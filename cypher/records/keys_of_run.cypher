// The keys of the source records of a dataset that a run read, or that it withdrew.
// mode: read
// params: run, dataset
// returns: key
MATCH (s:SourceRecord {dataset: $dataset})
WHERE $run IN s.runs OR $run IN coalesce(s.earlier_runs, [])
RETURN s.key AS key
UNION
MATCH (w:WithdrawnRecord {dataset: $dataset})
WHERE $run IN w.runs OR $run IN coalesce(w.earlier_runs, []) OR w.withdrawn_by = $run
RETURN w.key AS key
