// The records entered by hand that describe a person or state a fact at them.
// mode: read
// params: id, source
// returns: keys
MATCH (p:Person {id: $id})
OPTIONAL MATCH (p)<-[:DESCRIBES]-(s:SourceRecord {source: $source})
WITH p, collect(s.key) AS described
OPTIONAL MATCH (p)-[r:WORKED_AT|WORKED_ON|STUDIED_AT|MEMBER_OF|CONNECTED|INTERACTED|RECOMMENDED|ENDORSED|REPORTS_TO|ALLIED|SITS_ON|ABOUT|HEARD_FROM|SHOWN_BY|HAS_PERSONA|NOT_ALLIED|TAKEN_BACK]-()
WHERE any(key IN r.sources WHERE key STARTS WITH $source + '|')
WITH described, collect(r.sources) AS stated
RETURN described + reduce(found = [], sources IN stated | found + sources) AS keys
