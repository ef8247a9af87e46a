// Allows one WithdrawnRecord for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT withdrawn_record_id IF NOT EXISTS FOR (n:WithdrawnRecord) REQUIRE n.id IS UNIQUE
