// Says for which opportunity an introduction is asked.
// mode: write
// params: id, opportunity
// returns:
MATCH (n:Introduction {id: $id})
MATCH (o:Opportunity {id: $opportunity})
CREATE (n)-[:ASKED_FOR]->(o)
