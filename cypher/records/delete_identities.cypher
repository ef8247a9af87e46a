// Removes identities that nobody names any more.
// mode: write
// params: keys
// returns:
UNWIND $keys AS key
MATCH (i:Identity {key: key})
DETACH DELETE i
