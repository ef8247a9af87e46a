// Deletes the questions whether a person is somebody else.
// mode: write
// params: id
// returns:
MATCH (c:MatchCandidate)-[:COMPARES]->(:Person {id: $id})
DETACH DELETE c
