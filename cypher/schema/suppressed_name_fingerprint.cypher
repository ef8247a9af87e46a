// Allows one SuppressedName for each `fingerprint`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT suppressed_name_fingerprint IF NOT EXISTS FOR (n:SuppressedName) REQUIRE n.fingerprint IS UNIQUE
