// Allows one Community for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT community_id IF NOT EXISTS FOR (n:Community) REQUIRE n.id IS UNIQUE
