"""Seniority and department as titles say them live in the model; this name is kept for the formats."""

from __future__ import annotations

from graph.model.titles import department_of, seniority_of

__all__ = ["department_of", "seniority_of"]
