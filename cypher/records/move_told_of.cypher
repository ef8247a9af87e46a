// Lets one node have what records told of several before.
// mode: write
// params: elements, element
// returns:
MATCH (b) WHERE elementId(b) = $element
UNWIND $elements AS element
MATCH (a) WHERE elementId(a) = element AND element <> $element
MATCH (s)-[t:TOLD_OF]->(a)
DELETE t
CREATE (s)-[:TOLD_OF]->(b)
