// The source records that told of these nodes before and do not mention them any more.
// mode: read
// params: elements
// returns: element, key
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
MATCH (s:SourceRecord)-[:TOLD_OF]->(n)
RETURN DISTINCT element, s.key AS key
