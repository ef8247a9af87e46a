// The stored reply to a mutation that was sent under this key before.
// mode: read
// params: key
// returns: asked, answer
MATCH (r:StoredReply {key: $key})
RETURN r.asked AS asked, r.answer AS answer
