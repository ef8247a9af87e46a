// Tells whether there is any tie.
// mode: read
// params:
// returns: found
RETURN EXISTS { MATCH (:Person)-[:TIE]->(:Person) } AS found
