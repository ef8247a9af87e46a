// Stores the reply to a mutation under its key; one that is stored already stays.
// mode: write
// params: key, asked, answer, kept_until
// returns:
MERGE (r:StoredReply {key: $key})
ON CREATE SET r.asked = $asked, r.answer = $answer, r.kept_until = $kept_until
