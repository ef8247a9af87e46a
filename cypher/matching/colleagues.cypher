// The people of each company whose family or given name sounds like one of those asked for.
// mode: read
// params: rows, limit
// returns: company, people
UNWIND $rows AS row
MATCH (c:Company {id: row.company})<-[:WORKED_AT]-(p:Person)
WHERE p.match_sound IN row.sounds OR p.match_called IN row.called
WITH c, p, count(*) AS spells
RETURN c.id AS company, collect([p.id, p.match_sound, p.match_called])[0..$limit] AS people
