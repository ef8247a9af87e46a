"""Evidence becomes ties: what counts how much, and the derivation that writes them."""

from __future__ import annotations

from graph.ties.derivation import derive
from graph.ties.report import DerivationReport

__all__ = ["DerivationReport", "derive"]
