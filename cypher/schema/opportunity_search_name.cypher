// Indexes an Opportunity's `search_name` for search by its normalised name.
// mode: write
// params:
// returns:
CREATE RANGE INDEX opportunity_search_name IF NOT EXISTS FOR (n:Opportunity) ON (n.search_name)
