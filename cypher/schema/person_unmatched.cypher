// Indexes a Person's `unmatched` so that who is to be compared is found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX person_unmatched IF NOT EXISTS FOR (n:Person) ON (n.unmatched)
