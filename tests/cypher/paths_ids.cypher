// Reads the ids of people and companies by name for tests of the path search.
MATCH (n) WHERE n:Person OR n:Company
RETURN n.name AS name, n.id AS id
