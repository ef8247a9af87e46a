// Forgets the names that were put on the list in these batches.
// mode: write
// params: batches
// returns:
MATCH (s:SuppressedName)
WHERE s.batch IN $batches
DETACH DELETE s
