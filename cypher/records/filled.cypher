// Those of these nodes that show what records mentioned which are not about them, and which records.
// mode: read
// params: elements
// returns: element, filled
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element AND n.filled IS NOT NULL
RETURN element, n.filled AS filled
