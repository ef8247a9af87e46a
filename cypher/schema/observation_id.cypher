// Allows one Observation for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT observation_id IF NOT EXISTS FOR (n:Observation) REQUIRE n.id IS UNIQUE
