// Counts API keys, revoked ones included.
// mode: read
// params:
// returns: keys
MATCH (k:ApiKey)
RETURN count(k) AS keys
