// Reads the employments of people, as far as the caller may know them.
// mode: read
// params: people, viewer
// returns: person, company, company_name, from_month, to_month, current, as_of
UNWIND $people AS person
MATCH (:Person {id: person})-[r:WORKED_AT]->(c:Company)
WHERE r.private_to IS NULL OR $viewer IN r.private_to
RETURN person, c.id AS company, c.name AS company_name, r.from_month AS from_month, r.to_month AS to_month,
       coalesce(r.current, false) AS current, coalesce(r.as_of, false) AS as_of
ORDER BY person, company, from_month
