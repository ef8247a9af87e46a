// Records the month as of which all ties are derived, or that they are not.
// mode: write
// params: as_of
// returns:
MATCH (d:Derivation {id: 'ties'})
SET d.as_of = $as_of, d.claimed_people = null, d.claimed_places = null
