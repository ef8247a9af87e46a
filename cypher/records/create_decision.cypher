// Notes that a human or matching decided whether two are one person.
// mode: write
// params: properties
// returns:
CREATE (d:Decision)
SET d = $properties
