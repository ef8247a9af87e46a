// What is stored of these nodes.
// mode: read
// params: elements
// returns: element, properties
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
RETURN element, properties(n) AS properties
