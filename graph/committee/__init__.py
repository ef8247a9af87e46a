"""The buying committee as one entangled system: pure mathematics on small arrays, a module a question."""
