// The companies that belong to a company, directly or through others (eight steps at most).
// mode: read
// params: company, viewer, limit
// returns: id
MATCH (:Company {id: $company})<-[parts:PART_OF*1..8]-(c:Company)
WHERE all(r IN parts WHERE r.private_to IS NULL OR $viewer IN r.private_to)
RETURN DISTINCT c.id AS id
ORDER BY id LIMIT $limit
