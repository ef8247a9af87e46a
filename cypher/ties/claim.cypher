// Keeps what is being derived, so that a crash loses nothing.
// mode: write
// params: people, places
// returns:
MATCH (d:Derivation {id: 'ties'})
SET d.claimed_people = $people, d.claimed_places = $places
