// Takes or prolongs the right to derive ties, unless another holds it; no row means that another does.
// mode: write
// params: holder, milliseconds
// returns: as_of, people, places
MERGE (d:Derivation {id: 'ties'})
SET d.turn = coalesce(d.turn, 0) + 1
WITH d
WHERE d.holder IS NULL OR d.holder = $holder OR d.until < timestamp()
SET d.holder = $holder, d.until = timestamp() + $milliseconds
RETURN d.as_of AS as_of, coalesce(d.claimed_people, []) AS people, coalesce(d.claimed_places, []) AS places
