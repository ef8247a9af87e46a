// Allows one SourceRecord for each `key`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT source_record_key IF NOT EXISTS FOR (n:SourceRecord) REQUIRE n.key IS UNIQUE
