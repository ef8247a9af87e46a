// Notes the day on which an API key was last used.
// mode: write
// params: id, day
// returns:
MATCH (k:ApiKey {id: $id})
SET k.last_used = $day
