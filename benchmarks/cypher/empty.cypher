// Deletes everything but the record of the schema steps, in parts that fit into a small heap.
MATCH (n) WHERE NOT n:SchemaStep
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS
