// Counts nodes and relationships by kind, one row a kind, each from what the engine counts anyway.
// mode: read
// params:
// returns: kind, count
MATCH (n:Person) WITH count(n) AS count RETURN 'people' AS kind, count
UNION ALL
MATCH (n:Company) WITH count(n) AS count RETURN 'companies' AS kind, count
UNION ALL
MATCH (n:Project) WITH count(n) AS count RETURN 'projects' AS kind, count
UNION ALL
MATCH (n:School) WITH count(n) AS count RETURN 'schools' AS kind, count
UNION ALL
MATCH (n:Community) WITH count(n) AS count RETURN 'communities' AS kind, count
UNION ALL
MATCH (n:Opportunity) WITH count(n) AS count RETURN 'opportunities' AS kind, count
UNION ALL
MATCH (n:Observation) WITH count(n) AS count RETURN 'observations' AS kind, count
UNION ALL
MATCH (n:Signal) WITH count(n) AS count RETURN 'signals' AS kind, count
UNION ALL
MATCH (n:Persona) WITH count(n) AS count RETURN 'personas' AS kind, count
UNION ALL
MATCH (n:Introduction) WITH count(n) AS count RETURN 'introductions' AS kind, count
UNION ALL
MATCH (n:Identity) WITH count(n) AS count RETURN 'identities' AS kind, count
UNION ALL
MATCH (n:SourceRecord) WITH count(n) AS count RETURN 'records' AS kind, count
UNION ALL
MATCH (n:ImportRun) WITH count(n) AS count RETURN 'import_runs' AS kind, count
UNION ALL
MATCH ()-[r:WORKED_AT]->() WITH count(r) AS count RETURN 'employments' AS kind, count
UNION ALL
MATCH ()-[r:WORKED_ON]->() WITH count(r) AS count RETURN 'project_roles' AS kind, count
UNION ALL
MATCH ()-[r:STUDIED_AT]->() WITH count(r) AS count RETURN 'studies' AS kind, count
UNION ALL
MATCH ()-[r:MEMBER_OF]->() WITH count(r) AS count RETURN 'memberships' AS kind, count
UNION ALL
MATCH ()-[r:CONNECTED]->() WITH count(r) AS count RETURN 'connections' AS kind, count
UNION ALL
MATCH ()-[r:INTERACTED]->() WITH count(r) AS count RETURN 'interactions' AS kind, count
UNION ALL
MATCH ()-[r:RECOMMENDED]->() WITH count(r) AS count RETURN 'recommendations' AS kind, count
UNION ALL
MATCH ()-[r:ENDORSED]->() WITH count(r) AS count RETURN 'endorsements' AS kind, count
UNION ALL
MATCH ()-[r:REPORTS_TO]->() WITH count(r) AS count RETURN 'reporting_lines' AS kind, count
UNION ALL
MATCH ()-[r:ALLIED]->() WITH count(r) AS count RETURN 'alliances' AS kind, count
UNION ALL
MATCH ()-[r:SITS_ON]->() WITH count(r) AS count RETURN 'committee_members' AS kind, count
UNION ALL
MATCH ()-[r:TIE]->() WITH count(r) AS count RETURN 'ties' AS kind, count
UNION ALL
MATCH (n:Person {pending: true}) WITH count(n) AS count RETURN 'pending_people' AS kind, count
UNION ALL
MATCH (n:Company {pending: true}) WITH count(n) AS count RETURN 'pending_companies' AS kind, count
