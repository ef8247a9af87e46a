// Notes which runs name identities and that one does no more; marks those to be looked at when it is undone.
// mode: write
// params: rows, run
// returns:
UNWIND $rows AS row
MATCH (i:Identity {key: row.key})
WITH i, row, [run IN coalesce(i.runs, ['']) WHERE run <> $run AND NOT run IN row.runs] + row.runs AS runs
SET i.runs = runs, i.undone_by = CASE WHEN row.marked OR size(runs) = 0 THEN $run ELSE i.undone_by END
