// The company where an opportunity is sought as it was entered by hand.
// mode: read
// params: id, entered
// returns: id
MATCH (:Opportunity {id: $id})-[r:SOUGHT_AT]->(c:Company)
WHERE any(key IN r.sources WHERE key STARTS WITH $entered + '|')
RETURN c.id AS id
ORDER BY id LIMIT 1
