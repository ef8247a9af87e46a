// Allows one StoredReply for each `key`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT stored_reply_key IF NOT EXISTS FOR (n:StoredReply) REQUIRE n.key IS UNIQUE
