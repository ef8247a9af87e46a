// What every source record says of these nodes, to choose what is shown.
// mode: read
// params: elements
// returns: element, key, fields, seen_on, verified
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
MATCH (s:SourceRecord)-[:DESCRIBES]->(n)
RETURN element, s.key AS key, s.fields AS fields, s.seen_on AS seen_on, s.verified AS verified
