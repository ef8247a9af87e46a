// Notes of erasures until a moment that nothing of them remains in the indexes.
// mode: write
// params: until
// returns:
MATCH (e:Erasure)
WHERE e.remains = true AND e.at <= $until
SET e.remains = null
