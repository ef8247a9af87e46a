// Lets all source records of one node describe another.
// mode: write
// params: old, new
// returns:
MATCH (a) WHERE elementId(a) = $old
MATCH (b) WHERE elementId(b) = $new
MATCH (s:SourceRecord)-[d:DESCRIBES]->(a)
DELETE d
CREATE (s)-[:DESCRIBES]->(b)
