// Reads who was when at given companies, projects, schools and communities, a row each.
// mode: read
// params: places
// returns: place, label, size, people, started, ended, current, departments, derived_size, derived_from, derived_to
UNWIND $places AS element
MATCH (o) WHERE elementId(o) = element AND (o:Company OR o:Project OR o:School OR o:Community)
CALL (o) {
  MATCH (o)<-[w:WORKED_AT|WORKED_ON|STUDIED_AT|MEMBER_OF]-(p:Person)
  WHERE w.from_month IS NOT NULL OR w.to_month IS NOT NULL
  RETURN collect(p.id) AS people, collect(coalesce(w.from_month, -1)) AS started,
         collect(coalesce(w.to_month, -1)) AS ended, collect(coalesce(w.current, false)) AS current,
         collect(coalesce(w.department, '')) AS departments
}
RETURN elementId(o) AS place, labels(o)[0] AS label, coalesce(o.headcount, o.size) AS size,
       people, started, ended, current, departments, o.derived_size AS derived_size,
       o.derived_from AS derived_from, o.derived_to AS derived_to
