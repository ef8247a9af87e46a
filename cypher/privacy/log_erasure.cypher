// Notes that somebody was erased: when, by whom and why, not who.
// mode: write
// params: properties
// returns:
CREATE (e:Erasure)
SET e = $properties
