// Source records that once said one of these words and say something else now.
// mode: read
// params: words
// returns: key, earlier
MATCH (s:SourceRecord)
WHERE s.earlier IS NOT NULL AND any(word IN $words WHERE s.earlier CONTAINS word)
RETURN s.key AS key, s.earlier AS earlier
