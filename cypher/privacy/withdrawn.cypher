// Rows that were withdrawn and kept aside, of those that say one of these words.
// mode: read
// params: words
// returns: element, said
MATCH (w:WithdrawnRecord)
WHERE any(word IN $words WHERE w.said CONTAINS word)
RETURN elementId(w) AS element, w.said AS said
