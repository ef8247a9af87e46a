// Every relationship at a person, whatever its type, with all that is stored of it and of its other end.
// mode: read
// params: id
// returns: type, starts_here, says, labels, other
MATCH (p:Person {id: $id})-[r]-(n)
RETURN type(r) AS type, startNode(r) = p AS starts_here, properties(r) AS says, labels(n) AS labels, properties(n) AS other
