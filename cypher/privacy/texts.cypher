// What people wrote in their own words: notes, personas, introductions, alliances.
// mode: read
// params:
// returns: kind, element, anchor, says
MATCH (n:Observation)
RETURN 'node' AS kind, elementId(n) AS element, null AS anchor, properties(n) AS says
UNION ALL
MATCH (n:Signal)
RETURN 'node' AS kind, elementId(n) AS element, null AS anchor, properties(n) AS says
UNION ALL
MATCH (n:Persona)
RETURN 'node' AS kind, elementId(n) AS element, null AS anchor, properties(n) AS says
UNION ALL
MATCH (n:Introduction)
RETURN 'node' AS kind, elementId(n) AS element, null AS anchor, properties(n) AS says
UNION ALL
MATCH (n:ImportRun)
RETURN 'node' AS kind, elementId(n) AS element, null AS anchor, properties(n) AS says
UNION ALL
MATCH (a:Person)-[r:ALLIED]->(:Person)
RETURN 'fact' AS kind, elementId(r) AS element, elementId(a) AS anchor, properties(r) AS says
