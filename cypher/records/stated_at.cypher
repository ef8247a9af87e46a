// The records that state facts at these nodes.
// mode: read
// params: elements
// returns: element, sources
UNWIND $elements AS element
MATCH (p) WHERE elementId(p) = element
MATCH (p)-[r]-()
WHERE r.sources IS NOT NULL
WITH element, r
UNWIND r.sources AS source
RETURN element, collect(DISTINCT source) AS sources
