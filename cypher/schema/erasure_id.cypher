// Allows one Erasure for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT erasure_id IF NOT EXISTS FOR (n:Erasure) REQUIRE n.id IS UNIQUE
