// Indexes a Person's `search_last` for search by last name.
// mode: write
// params:
// returns:
CREATE RANGE INDEX person_search_last IF NOT EXISTS FOR (n:Person) ON (n.search_last)
