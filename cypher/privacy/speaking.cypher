// Source records in which one of these words occurs, with the node that each describes.
// mode: read
// params: words
// returns: key, said, fields, kept, element, says
MATCH (s:SourceRecord)
WHERE any(word IN $words WHERE s.said CONTAINS word OR s.fields CONTAINS word OR s.kept CONTAINS word)
MATCH (s)-[:DESCRIBES]->(n)
RETURN s.key AS key, s.said AS said, s.fields AS fields, s.kept AS kept, elementId(n) AS element, properties(n) AS says
