// Every fact at these nodes, with its other end.
// mode: read
// params: elements
// returns: element, facts
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
MATCH (n)-[r:WORKED_AT|WORKED_ON|RUN_BY|STUDIED_AT|MEMBER_OF|CONNECTED|INTERACTED|RECOMMENDED|ENDORSED|REPORTS_TO|ALLIED|SOUGHT_AT|SITS_ON|ABOUT|HEARD_IN|HEARD_FROM|SHOWN_BY|HAS_PERSONA|NOT_ALLIED|TAKEN_BACK|PART_OF]-(other)
RETURN element,
       collect([elementId(r), type(r), elementId(startNode(r)) = element, elementId(other), properties(r)]) AS facts
