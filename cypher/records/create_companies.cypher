// Creates companies with what their records say of them.
// mode: write
// params: rows
// returns: id, element
UNWIND $rows AS row
CREATE (n:Company)
SET n = row
RETURN n.id AS id, elementId(n) AS element
