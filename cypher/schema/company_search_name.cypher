// Indexes a Company's `search_name` for search by its normalised name.
// mode: write
// params:
// returns:
CREATE RANGE INDEX company_search_name IF NOT EXISTS FOR (n:Company) ON (n.search_name)
