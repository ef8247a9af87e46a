// Removes the withdrawn stretches of source records.
// mode: write
// params: keys
// returns:
UNWIND $keys AS key
MATCH (w:WithdrawnRecord {key: key})
DETACH DELETE w
