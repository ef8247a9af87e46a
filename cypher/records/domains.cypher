// The internet domains by which companies are known: two domains are two companies, even of one name.
// mode: read
// params: elements
// returns: element, domains
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
MATCH (n)<-[:IDENTIFIES]-(i:Identity {system: 'domain'})
RETURN element, collect(i.value) AS domains
