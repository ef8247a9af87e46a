// Opportunities by id, each with the company where it is sought: the one that was entered by hand first.
// mode: read
// params: ids, entered
// returns: opportunity, company
UNWIND $ids AS id
MATCH (o:Opportunity {id: id})
OPTIONAL MATCH (o)-[r:SOUGHT_AT]->(c:Company)
WITH o, c, any(key IN coalesce(r.sources, []) WHERE key STARTS WITH $entered + '|') AS by_hand
ORDER BY by_hand DESC, c.id
WITH o, collect(c {.id, .name, .domain, .headcount, .industry, .former_names}) AS companies
RETURN o {.id, .name, .stage, .closes_on, .amount, .approve_threshold, .stop_threshold, .against_threshold} AS opportunity,
       companies[0] AS company
