// The posts at an opportunity's company, as far as the viewer may know them; the newest when there are many.
// mode: read
// params: id, viewer, limit
// returns: person, name, says
MATCH (:Opportunity {id: $id})-[:SOUGHT_AT]->(c:Company)<-[w:WORKED_AT]-(p:Person)
WHERE (w.private_to IS NULL OR $viewer IN w.private_to) AND (p.known_to IS NULL OR $viewer IN p.known_to)
RETURN p.id AS person, p.name AS name, properties(w) AS says
ORDER BY coalesce(w.to_month, 999999) DESC, coalesce(w.from_month, 0) DESC, person, w.key LIMIT $limit
