// Notes that this run names these identities too; of many runs some are dropped, and an empty name stands for them.
// mode: write
// params: keys, run, most
// returns:
UNWIND $keys AS key
MATCH (i:Identity {key: key})
WITH i, coalesce(i.runs, ['']) AS runs
SET i.runs = CASE WHEN size(runs) < $most THEN runs + [$run] ELSE [''] + runs[2..] + [$run] END
