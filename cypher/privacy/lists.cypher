// All fingerprints: of people not to be stored, of their names, and of people who objected.
// mode: read
// params:
// returns: kind, fingerprint, batch, until
MATCH (s:Suppression)
RETURN 'suppressed' AS kind, s.fingerprint AS fingerprint, s.batch AS batch, s.until AS until
UNION ALL
MATCH (s:SuppressedName)
RETURN 'name' AS kind, s.fingerprint AS fingerprint, s.batch AS batch, null AS until
UNION ALL
MATCH (o:Objection)
RETURN 'objected' AS kind, o.fingerprint AS fingerprint, null AS batch, null AS until
