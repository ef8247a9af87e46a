// Allows one Objection for each `fingerprint`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT objection_fingerprint IF NOT EXISTS FOR (n:Objection) REQUIRE n.fingerprint IS UNIQUE
