// Indexes a Person's `search_word3`, a word in the middle of the name, for search by it.
// mode: write
// params:
// returns:
CREATE RANGE INDEX person_search_word3 IF NOT EXISTS FOR (n:Person) ON (n.search_word3)
