// Removes facts that no source states any more.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (n) WHERE elementId(n) = row.anchor
MATCH (n)-[r:WORKED_AT|WORKED_ON|RUN_BY|STUDIED_AT|MEMBER_OF|CONNECTED|INTERACTED|RECOMMENDED|ENDORSED|REPORTS_TO|ALLIED|SOUGHT_AT|SITS_ON|ABOUT|HEARD_IN|HEARD_FROM|SHOWN_BY|HAS_PERSONA|NOT_ALLIED|TAKEN_BACK|PART_OF]-() WHERE elementId(r) = row.element
DELETE r
