// Marks everybody to be compared: in a graph from before people were matched, nobody has been.
// mode: write
// params:
// returns:
MATCH (p:Person)
WHERE p.match_names IS NULL AND p.unmatched IS NULL
SET p.unmatched = true
