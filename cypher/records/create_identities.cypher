// Gives nodes their identities; a key belongs to one node for good.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (n) WHERE elementId(n) = row.element
CREATE (i:Identity {key: row.key, label: row.label, system: row.system, value: row.value, url: row.url})-[:IDENTIFIES]->(n)
