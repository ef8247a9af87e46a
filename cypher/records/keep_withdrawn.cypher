// Keeps withdrawn source records aside.
// mode: write
// params: rows
// returns:
UNWIND $rows AS row
CREATE (w:WithdrawnRecord)
SET w = row
