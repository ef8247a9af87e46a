// The keys of source records in which one of these words occurs, now or earlier, or in whose name: a scan of all of them.
// mode: read
// params: words
// returns: key
MATCH (s:SourceRecord)
WHERE any(word IN $words WHERE s.said CONTAINS word OR s.earlier CONTAINS word OR s.key CONTAINS word OR s.dataset CONTAINS word)
RETURN s.key AS key
