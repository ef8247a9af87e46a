// Reads the month as of which the ties are derived.
// mode: read
// params:
// returns: as_of
MATCH (d:Derivation {id: 'ties'})
RETURN d.as_of AS as_of
