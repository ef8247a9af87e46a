// Allows one Signal for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT signal_id IF NOT EXISTS FOR (n:Signal) REQUIRE n.id IS UNIQUE
