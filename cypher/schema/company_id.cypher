// Allows one Company for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT company_id IF NOT EXISTS FOR (n:Company) REQUIRE n.id IS UNIQUE
