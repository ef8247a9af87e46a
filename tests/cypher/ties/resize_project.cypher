// Changes a declared size.
MATCH (o:Project {id: $place}) SET o.size = $size, o.pending = true
