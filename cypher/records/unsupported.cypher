// Which of these nodes no source record describes and no fact mentions any more.
// mode: read
// params: elements
// returns: element, label
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
  AND NOT (n)<-[:DESCRIBES]-()
  AND NOT (n)-[:WORKED_AT|WORKED_ON|RUN_BY|STUDIED_AT|MEMBER_OF|CONNECTED|INTERACTED|RECOMMENDED|ENDORSED|REPORTS_TO|ALLIED|SOUGHT_AT|SITS_ON|ABOUT|HEARD_IN|HEARD_FROM|SHOWN_BY|HAS_PERSONA|NOT_ALLIED|TAKEN_BACK|PART_OF]-()
RETURN element, labels(n)[0] AS label
