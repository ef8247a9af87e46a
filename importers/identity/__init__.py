"""Where careful matching of people and companies will live. Exact identity is decided in `graph/records`.

A file says who somebody is by identities (`graph/model/identities.py`); equal ones are one person, and nothing less
ever is. Matching by name, career and address comes here, on top of that, and never merges on a name alone.
"""
