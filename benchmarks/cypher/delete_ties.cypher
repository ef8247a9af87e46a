MATCH (p:Person)-[r:TIE]->(:Person)
WHERE p.id >= $low AND p.id <= $high
CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS
