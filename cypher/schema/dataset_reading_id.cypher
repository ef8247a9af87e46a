// Allows one DatasetReading for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT dataset_reading_id IF NOT EXISTS FOR (n:DatasetReading) REQUIRE n.id IS UNIQUE
