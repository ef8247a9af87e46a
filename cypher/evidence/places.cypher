// Reads the places that at least two of the given people share, with their spells there and the size that ties were derived with.
// mode: read
// params: people
// returns: place, label, id, name, size, derived_size, derived_from, derived_to, spells
UNWIND $people AS person
MATCH (:Person {id: person})-[w:WORKED_AT|WORKED_ON|STUDIED_AT|MEMBER_OF]->(o)
WHERE w.from_month IS NOT NULL OR w.to_month IS NOT NULL
WITH o, collect([person, properties(w)]) AS spells, count(DISTINCT person) AS present
WHERE present > 1
RETURN elementId(o) AS place, labels(o)[0] AS label, o.id AS id, o.name AS name,
       coalesce(o.headcount, o.size) AS size, o.derived_size AS derived_size, o.derived_from AS derived_from,
       o.derived_to AS derived_to, spells
