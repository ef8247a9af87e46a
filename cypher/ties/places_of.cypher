// Finds the places where given people were, a row a person.
// mode: read
// params: people
// returns: person, places
UNWIND $people AS person
MATCH (:Person {id: person})-[:WORKED_AT|WORKED_ON|STUDIED_AT|MEMBER_OF]->(o)
RETURN person, collect(DISTINCT elementId(o)) AS places
