UNWIND $rows AS row
CREATE (n:Identity)
SET n = row
