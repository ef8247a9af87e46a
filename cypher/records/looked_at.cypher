// Notes that these identities were looked at.
// mode: write
// params: keys
// returns:
UNWIND $keys AS key
MATCH (i:Identity {key: key})
REMOVE i.undone_by
