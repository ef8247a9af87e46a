// Keeps which spells and which declared size a place's ties were derived with.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (o) WHERE elementId(o) = row.place AND (o:Company OR o:Project)
SET o.derived_size = row.size, o.derived_from = row.started, o.derived_to = row.ended
