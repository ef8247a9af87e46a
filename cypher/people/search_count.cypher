// How many people have names where each searched word begins a word: a scan, made only when asked.
// mode: read
// params: words
// returns: total
MATCH (p:Person)
WHERE all(w IN $words WHERE (' ' + p.search_name) CONTAINS (' ' + w))
RETURN count(p) AS total
