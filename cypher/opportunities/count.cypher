// How many opportunities there are.
// mode: read
// params:
// returns: total
MATCH (o:Opportunity)
RETURN count(o) AS total
