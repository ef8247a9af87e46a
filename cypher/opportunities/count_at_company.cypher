// How many opportunities are sought at a company.
// mode: read
// params: company
// returns: total
MATCH (:Company {id: $company})<-[:SOUGHT_AT]-(o:Opportunity)
RETURN count(DISTINCT o) AS total
