MERGE (c:Company {id: $company})
SET c.name = $company, c.search_name = $company
WITH c
UNWIND $people AS id
MATCH (p:Person {id: id})
CREATE (p)-[:WORKED_AT {key: 'head', sources: ['bench'], title: 'Head', seniority: 'head',
                        current: true, as_of: false}]->(c)
