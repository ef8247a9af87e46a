// The company behind each identity key; keys no company has are left out.
// mode: read
// params: keys
// returns: key, company
UNWIND $keys AS key
MATCH (:Identity {key: key})-[:IDENTIFIES]->(c:Company)
RETURN key, c {.id, .name, .domain, .headcount, .industry, .former_names} AS company
