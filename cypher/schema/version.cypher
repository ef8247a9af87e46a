// Finds the number of the newest schema step that was applied; null on a new graph.
// mode: read
// params:
// returns: version
MATCH (step:SchemaStep)
RETURN max(step.version) AS version
