// Creates companies and employments for tests of the path search; people exist already.
UNWIND $jobs AS j
MERGE (c:Company {id: j.company})
ON CREATE SET c.name = j.company
WITH c, j
MATCH (p:Person {id: j.person})
CREATE (p)-[:WORKED_AT {title: j.title, department: j.department, seniority: j.seniority, current: j.current,
                        from_month: j.from_month, to_month: j.to_month, as_of: j.as_of, private_to: j.private_to}]->(c)
