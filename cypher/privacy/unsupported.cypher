// Which of these nodes no source record describes and no fact mentions.
// mode: read
// params: elements
// returns: element
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element AND NOT (n)<-[:DESCRIBES]-()
OPTIONAL MATCH (n)-[r]-()
WITH element, sum(CASE WHEN r.sources IS NULL THEN 0 ELSE 1 END) AS facts
WHERE facts = 0
RETURN element
