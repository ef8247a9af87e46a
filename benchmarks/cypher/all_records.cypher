MATCH (n:SourceRecord)
RETURN properties(n) AS properties
