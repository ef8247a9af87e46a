// Changes a declared size.
MATCH (o:Company {id: $place}) SET o.headcount = $size, o.pending = true
