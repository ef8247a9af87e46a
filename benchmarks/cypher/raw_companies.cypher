UNWIND $rows AS row
CREATE (c:Company)
SET c = row
