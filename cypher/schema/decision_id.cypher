// Allows one Decision for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT decision_id IF NOT EXISTS FOR (n:Decision) REQUIRE n.id IS UNIQUE
