// Allows one SchemaStep for each `version`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT schema_step_version IF NOT EXISTS FOR (n:SchemaStep) REQUIRE n.version IS UNIQUE
