// Deletes everything but the record of the schema steps.
MATCH (n) WHERE NOT n:SchemaStep
DETACH DELETE n
