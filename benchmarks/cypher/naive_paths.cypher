// The naive question: every simple path, sorted by the product of its ties.
// mode: read
// params: starts, targets, floor, first
// returns: score, people
MATCH p = (m:Person)-[:TIE*1..3]-(t:Person)
WHERE m.id IN $starts AND t.id IN $targets
WITH p, nodes(p) AS people, reduce(score = 1.0, tie IN relationships(p) | score * tie.shared_p) AS score
WHERE score >= $floor
  AND all(i IN range(0, size(people) - 1) WHERE all(j IN range(i + 1, size(people) - 1) WHERE people[i] <> people[j]))
RETURN score, [person IN people | person.id] AS people
ORDER BY score DESC, people LIMIT $first
