// How many people are on the list of those not to be stored.
// mode: read
// params:
// returns: people
MATCH (s:Suppression)
RETURN count(DISTINCT s.batch) AS people
