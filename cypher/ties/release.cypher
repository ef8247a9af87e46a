// Gives up the right to derive ties.
// mode: write
// params: holder
// returns:
MATCH (d:Derivation {id: 'ties', holder: $holder})
REMOVE d.holder, d.until
