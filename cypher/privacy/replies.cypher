// The stored replies to mutations.
// mode: read
// params:
// returns: key, answer
MATCH (r:StoredReply)
RETURN r.key AS key, r.answer AS answer
