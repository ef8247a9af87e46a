"""Careful matching of people. Exact identity is decided in `graph/records`.

A file says who somebody is by identities (`graph/model/identities.py`); equal ones are one person. Matching by name,
career, address and place comes here, on top of that: `names` → `table` (columns) → `blocking` (whom to compare) →
`comparing` (levels) → `scoring` (bits that add up) → `deciding`; all of it pure. `matching` does it in the graph, and
`review` reads back what waits for a human. Every number is in `parameters`; nothing is merged on a name alone.
"""
