// Indexes a Project's `search_name` for search by its normalised name.
// mode: write
// params:
// returns:
CREATE RANGE INDEX project_search_name IF NOT EXISTS FOR (n:Project) ON (n.search_name)
