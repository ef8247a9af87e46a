// Allows one Project for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT project_id IF NOT EXISTS FOR (n:Project) REQUIRE n.id IS UNIQUE
