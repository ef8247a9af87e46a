// Notes the keys under which people are found, and that they have been compared.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (p:Person {id: row.id})
SET p += row.keys
REMOVE p.unmatched
