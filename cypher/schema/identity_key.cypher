// Allows one Identity for each `key`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT identity_key IF NOT EXISTS FOR (n:Identity) REQUIRE n.key IS UNIQUE
