// Allows one ImportRun for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT import_run_id IF NOT EXISTS FOR (n:ImportRun) REQUIRE n.id IS UNIQUE
