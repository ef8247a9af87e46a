// Takes what was put on the list of people not to be stored in these batches off it.
// mode: write
// params: batches
// returns:
UNWIND $batches AS batch
MATCH (s:Suppression {batch: batch})
DETACH DELETE s
