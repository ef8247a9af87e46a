// Changes when a spell ended.
MATCH (a:Person {id: $person})-[f]->() WHERE f.key = $key
SET a.pending = true, f.to_month = $to_month
