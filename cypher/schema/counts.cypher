// Counts nodes and relationships by kind, one row a kind, each from what the engine counts anyway.
// mode: read
// params:
// returns: kind, count
MATCH (n:Person) RETURN 'people' AS kind, count(n) AS count
UNION ALL
MATCH (n:Company) RETURN 'companies' AS kind, count(n) AS count
UNION ALL
MATCH (n:Project) RETURN 'projects' AS kind, count(n) AS count
UNION ALL
MATCH (n:School) RETURN 'schools' AS kind, count(n) AS count
UNION ALL
MATCH (n:Community) RETURN 'communities' AS kind, count(n) AS count
UNION ALL
MATCH (n:Identity) RETURN 'identities' AS kind, count(n) AS count
UNION ALL
MATCH (n:SourceRecord) RETURN 'records' AS kind, count(n) AS count
UNION ALL
MATCH (n:ImportRun) RETURN 'import_runs' AS kind, count(n) AS count
UNION ALL
MATCH ()-[r:WORKED_AT]->() RETURN 'employments' AS kind, count(r) AS count
UNION ALL
MATCH ()-[r:WORKED_ON]->() RETURN 'project_roles' AS kind, count(r) AS count
UNION ALL
MATCH ()-[r:STUDIED_AT]->() RETURN 'studies' AS kind, count(r) AS count
UNION ALL
MATCH ()-[r:MEMBER_OF]->() RETURN 'memberships' AS kind, count(r) AS count
UNION ALL
MATCH ()-[r:CONNECTED]->() RETURN 'connections' AS kind, count(r) AS count
UNION ALL
MATCH ()-[r:INTERACTED]->() RETURN 'interactions' AS kind, count(r) AS count
UNION ALL
MATCH ()-[r:RECOMMENDED]->() RETURN 'recommendations' AS kind, count(r) AS count
UNION ALL
MATCH ()-[r:ENDORSED]->() RETURN 'endorsements' AS kind, count(r) AS count
UNION ALL
MATCH ()-[r:REPORTS_TO]->() RETURN 'reporting_lines' AS kind, count(r) AS count
UNION ALL
MATCH ()-[r:ALLIED]->() RETURN 'alliances' AS kind, count(r) AS count
UNION ALL
MATCH ()-[r:TIE]->() RETURN 'ties' AS kind, count(r) AS count
UNION ALL
MATCH (n:Person {pending: true}) RETURN 'pending_people' AS kind, count(n) AS count
UNION ALL
MATCH (n:Company {pending: true}) RETURN 'pending_companies' AS kind, count(n) AS count
