// Allows one Derivation for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT derivation_id IF NOT EXISTS FOR (n:Derivation) REQUIRE n.id IS UNIQUE
