// Allows one Introduction for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT introduction_id IF NOT EXISTS FOR (n:Introduction) REQUIRE n.id IS UNIQUE
