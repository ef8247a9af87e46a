// What the nodes that hold something about a person (observations, signals, introductions) are joined with besides.
// mode: read
// params: id
// returns: note, type, says, labels, other
MATCH (p:Person {id: $id})-[first]-(n)
WHERE n:Observation OR n:Signal OR n:Persona OR n:Introduction
MATCH (n)-[r]-(m)
WHERE m <> p
RETURN DISTINCT n.id AS note, type(r) AS type, properties(r) AS says, labels(m) AS labels, properties(m) AS other
