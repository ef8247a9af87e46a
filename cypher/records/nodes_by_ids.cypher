// Nodes of any kind by id.
// mode: read
// params: ids
// returns: element, label, properties
UNWIND $ids AS id
MATCH (n:Person {id: id})
RETURN elementId(n) AS element, 'Person' AS label, properties(n) AS properties
UNION
UNWIND $ids AS id
MATCH (n:Company {id: id})
RETURN elementId(n) AS element, 'Company' AS label, properties(n) AS properties
UNION
UNWIND $ids AS id
MATCH (n:Project {id: id})
RETURN elementId(n) AS element, 'Project' AS label, properties(n) AS properties
UNION
UNWIND $ids AS id
MATCH (n:School {id: id})
RETURN elementId(n) AS element, 'School' AS label, properties(n) AS properties
UNION
UNWIND $ids AS id
MATCH (n:Community {id: id})
RETURN elementId(n) AS element, 'Community' AS label, properties(n) AS properties
UNION
UNWIND $ids AS id
MATCH (n:Opportunity {id: id})
RETURN elementId(n) AS element, 'Opportunity' AS label, properties(n) AS properties
UNION
UNWIND $ids AS id
MATCH (n:Observation {id: id})
RETURN elementId(n) AS element, 'Observation' AS label, properties(n) AS properties
UNION
UNWIND $ids AS id
MATCH (n:Signal {id: id})
RETURN elementId(n) AS element, 'Signal' AS label, properties(n) AS properties
UNION
UNWIND $ids AS id
MATCH (n:Persona {id: id})
RETURN elementId(n) AS element, 'Persona' AS label, properties(n) AS properties
