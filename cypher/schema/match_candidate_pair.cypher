// One question a pair of people.
// mode: write
// params:
// returns:
CREATE CONSTRAINT match_candidate_pair IF NOT EXISTS FOR (n:MatchCandidate) REQUIRE n.pair IS UNIQUE
