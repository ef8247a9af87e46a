UNWIND $rows AS row
CREATE (n:SourceRecord)
SET n = row
