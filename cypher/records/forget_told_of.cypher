// Forgets which nodes these source records told of before.
// mode: write
// params: keys
// returns:
UNWIND $keys AS key
MATCH (s:SourceRecord {key: key})-[t:TOLD_OF]->()
DELETE t
