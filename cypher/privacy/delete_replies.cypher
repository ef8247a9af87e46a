// Deletes stored replies.
// mode: write
// params: keys
// returns:
UNWIND $keys AS key
MATCH (r:StoredReply {key: key})
DETACH DELETE r
