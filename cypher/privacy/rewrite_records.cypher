// Stores source records without those whom they must not name any more.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
MATCH (s:SourceRecord {key: row.old})
SET s += row.properties
