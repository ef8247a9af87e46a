// The open opportunities at each of these companies.
// mode: read
// params: companies, closed
// returns: company, opportunity, name
UNWIND $companies AS company
MATCH (:Company {id: company})<-[:SOUGHT_AT]-(o:Opportunity)
WHERE NOT toLower(coalesce(o.stage, '')) IN $closed
RETURN DISTINCT company, o.id AS opportunity, o.name AS name ORDER BY company, opportunity
