// Allows one School for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT school_id IF NOT EXISTS FOR (n:School) REQUIRE n.id IS UNIQUE
