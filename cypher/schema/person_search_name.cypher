// Indexes a Person's `search_name` for search by its normalised name.
// mode: write
// params:
// returns:
CREATE RANGE INDEX person_search_name IF NOT EXISTS FOR (n:Person) ON (n.search_name)
