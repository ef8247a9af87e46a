// Indexes a Person's `match_second_family`, the same of a double name's other part, for matching.
// mode: write
// params:
// returns:
CREATE RANGE INDEX person_match_second_family IF NOT EXISTS FOR (n:Person) ON (n.match_second_family)
