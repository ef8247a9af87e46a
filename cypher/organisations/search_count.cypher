// How many companies have names where each searched word begins a word: a scan, made only when asked.
// mode: read
// params: words
// returns: total
MATCH (c:Company)
WHERE all(w IN $words WHERE (' ' + c.search_name) CONTAINS (' ' + w))
RETURN count(c) AS total
