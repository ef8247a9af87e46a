// Creates the people and places of a test's world.
UNWIND $people AS id CREATE (:Person {id: id, name: 'P'})
WITH count(*) AS done
UNWIND $places AS row
FOREACH (_ IN CASE row.label WHEN 'Company' THEN [1] ELSE [] END | CREATE (:Company {id: row.id, name: row.id, headcount: row.size}))
FOREACH (_ IN CASE row.label WHEN 'Project' THEN [1] ELSE [] END | CREATE (:Project {id: row.id, name: row.id, size: row.size}))
FOREACH (_ IN CASE row.label WHEN 'School' THEN [1] ELSE [] END | CREATE (:School {id: row.id, name: row.id}))
FOREACH (_ IN CASE row.label WHEN 'Community' THEN [1] ELSE [] END | CREATE (:Community {id: row.id, name: row.id}))
