// How many people have names where each searched word begins a word: a scan, made only when asked.
// mode: read
// params: words, sees
// returns: total
MATCH (p:Person)
WHERE all(w IN $words WHERE (' ' + p.search_name) CONTAINS (' ' + w))
  AND (p.known_to IS NULL OR $sees = '*' OR $sees IN p.known_to)
RETURN count(p) AS total
