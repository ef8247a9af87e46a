// How many people are known to work or have worked at each company, and its declared headcount.
// mode: read
// params: ids
// returns: id, headcount, people
UNWIND $ids AS id
MATCH (c:Company {id: id})<-[r:WORKED_AT]-(:Person)
RETURN id, c.headcount AS headcount, count(r) AS people
