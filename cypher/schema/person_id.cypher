// Allows one Person for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT person_id IF NOT EXISTS FOR (n:Person) REQUIRE n.id IS UNIQUE
