// What is shown of these nodes, and the records that state facts at them.
// mode: read
// params: elements
// returns: element, label, properties, sources
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
OPTIONAL MATCH (n)-[r:WORKED_AT|WORKED_ON|RUN_BY|STUDIED_AT|MEMBER_OF|CONNECTED|INTERACTED|RECOMMENDED|ENDORSED|REPORTS_TO|ALLIED|SOUGHT_AT|SITS_ON|ABOUT|HEARD_IN|HEARD_FROM|SHOWN_BY|HAS_PERSONA|NOT_ALLIED|TAKEN_BACK|PART_OF]-()
RETURN element, labels(n)[0] AS label, properties(n) AS properties, collect(r.sources) AS sources
