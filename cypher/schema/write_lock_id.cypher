// Allows one WriteLock for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT write_lock_id IF NOT EXISTS FOR (n:WriteLock) REQUIRE n.id IS UNIQUE
