// Allows one Suppression for each `fingerprint`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT suppression_fingerprint IF NOT EXISTS FOR (n:Suppression) REQUIRE n.fingerprint IS UNIQUE
