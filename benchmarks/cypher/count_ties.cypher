MATCH (:Person)-[r:TIE]->(:Person)
RETURN count(r) AS ties
