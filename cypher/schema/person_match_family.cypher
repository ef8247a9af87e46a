// Indexes a Person's `match_family`, the key of family name and initial, for matching.
// mode: write
// params:
// returns:
CREATE RANGE INDEX person_match_family IF NOT EXISTS FOR (n:Person) ON (n.match_family)
