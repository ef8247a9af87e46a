// The companies, projects, schools and communities that a person belonged to.
// mode: read
// params: id
// returns: element, sized
MATCH (:Person {id: $id})-[r:WORKED_AT|WORKED_ON|STUDIED_AT|MEMBER_OF]->(n)
RETURN DISTINCT elementId(n) AS element, (n:Company OR n:Project) AS sized
