// What was noted about a person or heard from them, with the records of it.
// mode: read
// params: id
// returns: element, keys, said
MATCH (:Person {id: $id})-[:ABOUT|HEARD_FROM|SHOWN_BY|HAS_PERSONA]-(n)
WITH DISTINCT n
OPTIONAL MATCH (s:SourceRecord)-[:DESCRIBES]->(n)
RETURN elementId(n) AS element, collect(s.key) AS keys, collect(s.said) AS said
