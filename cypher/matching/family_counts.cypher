// How many people bear each last name.
// mode: read
// params: names
// returns: name, people
UNWIND $names AS name
MATCH (p:Person {search_last: name})
RETURN name, count(p) AS people
