// Forgets the names that were put on the list in these batches.
// mode: write
// params: batches
// returns:
UNWIND $batches AS batch
MATCH (s:SuppressedName {batch: batch})
DETACH DELETE s
