// Indexes an ApiKey by its first characters, by which it is looked up.
// mode: write
// params:
// returns:
CREATE RANGE INDEX api_key_prefix IF NOT EXISTS FOR (n:ApiKey) ON (n.prefix)
