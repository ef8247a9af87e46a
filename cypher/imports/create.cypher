// Records that an import was asked for; the same again changes nothing.
// mode: write
// params: id, properties
// returns:
MERGE (run:ImportRun {id: $id})
ON CREATE SET run += $properties
