// The records entered by hand that describe a project or state a fact at it.
// mode: read
// params: id, source
// returns: keys
MATCH (n:Project {id: $id})
OPTIONAL MATCH (n)<-[:DESCRIBES]-(s:SourceRecord {source: $source})
WITH n, collect(s.key) AS described
OPTIONAL MATCH (n)-[r:WORKED_ON|RUN_BY]-()
WHERE any(key IN r.sources WHERE key STARTS WITH $source + '|')
WITH described, collect(r.sources) AS stated
RETURN described + reduce(found = [], sources IN stated | found + sources) AS keys
