// Indexes a Person's `match_names`, the key of both names, for matching.
// mode: write
// params:
// returns:
CREATE RANGE INDEX person_match_names IF NOT EXISTS FOR (n:Person) ON (n.match_names)
