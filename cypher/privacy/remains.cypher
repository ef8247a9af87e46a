// Whether somebody was erased since the indexes of names and addresses were made anew.
// mode: read
// params:
// returns: erasures
MATCH (e:Erasure)
WHERE e.remains = true
RETURN count(e) AS erasures
