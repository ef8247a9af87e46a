// What an API key is called, revoked ones too.
// mode: read
// params: id
// returns: name
MATCH (k:ApiKey {id: $id})
RETURN k.name AS name
