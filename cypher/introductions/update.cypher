// Sets the state of an introduction, with all its states so far.
// mode: write
// params: id, state, history, unknown_to_each_other
// returns:
MATCH (n:Introduction {id: $id})
SET n.state = $state, n.history = $history, n.unknown_to_each_other = $unknown_to_each_other
