// Allows one PrivacyKey for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT privacy_key_id IF NOT EXISTS FOR (n:PrivacyKey) REQUIRE n.id IS UNIQUE
