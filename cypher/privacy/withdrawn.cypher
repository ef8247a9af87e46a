// Rows that were withdrawn and kept aside, of those in which one of these words occurs.
// mode: read
// params: words
// returns: element, record
MATCH (w:WithdrawnRecord)
WHERE any(word IN $words WHERE w.said CONTAINS word OR w.earlier CONTAINS word)
RETURN elementId(w) AS element, properties(w) AS record
