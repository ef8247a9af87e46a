"""Respect for people: purposes, notices, retention, objection, erasure, suppression, audit, access."""
