// Allows one Persona for each `id`, and finds it by that.
// mode: write
// params:
// returns:
CREATE CONSTRAINT persona_id IF NOT EXISTS FOR (n:Persona) REQUIRE n.id IS UNIQUE
