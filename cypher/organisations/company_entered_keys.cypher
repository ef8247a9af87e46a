// The records entered by hand that describe a company or state a fact at it. Opportunities that were entered as sought
// there go with it: their descriptions, seats, notes, and alliances that hold in them alone.
// mode: read
// params: id, source
// returns: keys
MATCH (n:Company {id: $id})<-[:DESCRIBES]-(s:SourceRecord {source: $source})
RETURN collect(s.key) AS keys
UNION ALL
MATCH (:Company {id: $id})-[r:WORKED_AT|RUN_BY|SOUGHT_AT|SHOWN_BY|PART_OF]-()
WHERE any(key IN r.sources WHERE key STARTS WITH $source + '|')
WITH collect(r.sources) AS stated
RETURN reduce(found = [], sources IN stated | found + sources) AS keys
UNION ALL
MATCH (:Company {id: $id})<-[w:SOUGHT_AT]-(o:Opportunity)
WHERE all(key IN w.sources WHERE key STARTS WITH $source + '|')
MATCH (o)<-[r:SITS_ON|HEARD_IN]-()
WITH collect(r.sources) AS stated
RETURN reduce(found = [], sources IN stated | found + sources) AS keys
UNION ALL
MATCH (:Company {id: $id})<-[w:SOUGHT_AT]-(o:Opportunity)
WHERE all(key IN w.sources WHERE key STARTS WITH $source + '|')
MATCH (o)<-[:IDENTIFIES]-(i:Identity)
MATCH (o)<-[:SITS_ON]-(:Person)-[r:ALLIED|NOT_ALLIED]->(:Person)
WHERE r.opportunity_key = i.key
WITH collect(r.sources) AS stated
RETURN reduce(found = [], sources IN stated | found + sources) AS keys
