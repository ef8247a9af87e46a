// Reads a company and the employments there that still hold, as far as the caller may know them.
// mode: read
// params: company, viewer
// returns: name, person, person_name, title, department, seniority, objected
MATCH (c:Company {id: $company})
OPTIONAL MATCH (p:Person)-[r:WORKED_AT]->(c)
WHERE r.current = true AND (r.private_to IS NULL OR $viewer IN r.private_to)
      AND (p.known_to IS NULL OR $viewer IN p.known_to)
RETURN c.name AS name, p.id AS person, p.name AS person_name, r.title AS title, r.department AS department,
       r.seniority AS seniority, coalesce(p.objected, false) AS objected
ORDER BY person
