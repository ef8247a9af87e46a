// Sets what facts say now, sources included; found from the end that few facts touch.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (n) WHERE elementId(n) = row.anchor
MATCH (n)-[r:WORKED_AT|WORKED_ON|RUN_BY|STUDIED_AT|MEMBER_OF|CONNECTED|INTERACTED|RECOMMENDED|ENDORSED|REPORTS_TO|ALLIED]-() WHERE elementId(r) = row.element
SET r = row.properties
