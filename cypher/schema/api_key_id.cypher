// Allows one ApiKey for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT api_key_id IF NOT EXISTS FOR (n:ApiKey) REQUIRE n.id IS UNIQUE
