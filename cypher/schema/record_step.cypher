// Records that a schema step was applied; a step that is recorded keeps its first date.
// mode: write
// params: version, applied_at
// returns:
MERGE (step:SchemaStep {version: $version})
ON CREATE SET step.applied_at = $applied_at
