// Indexes a Person's `team_member` so that the team is found without a scan.
// mode: write
// params:
// returns:
CREATE RANGE INDEX person_team_member IF NOT EXISTS FOR (n:Person) ON (n.team_member)
