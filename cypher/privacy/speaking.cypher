// The keys of source records in which one of these words occurs, now or earlier: a scan of all of them.
// mode: read
// params: words
// returns: key
MATCH (s:SourceRecord)
WHERE any(word IN $words WHERE s.said CONTAINS word OR s.earlier CONTAINS word)
RETURN s.key AS key
