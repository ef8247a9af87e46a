"""`liaison inspect`: what a file is, and the mapping that would make it readable."""
