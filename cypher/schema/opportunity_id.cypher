// Allows one Opportunity for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT opportunity_id IF NOT EXISTS FOR (n:Opportunity) REQUIRE n.id IS UNIQUE
