"""What a derivation did."""

from __future__ import annotations

from dataclasses import dataclass

from graph.ties.stored import Differences

__all__ = ["DerivationReport"]


@dataclass(slots=True, kw_only=True)
class DerivationReport:
    """Counts of one derivation: `as_of` is a month number, `people` those looked at, the rest are ties."""

    as_of: int
    full: bool = False
    people: int = 0
    created: int = 0
    updated: int = 0
    removed: int = 0
    seconds: float = 0.0

    def add(self, differences: Differences) -> None:
        """Count what was written."""
        self.created += int(differences.created.pair.size)
        self.updated += int(differences.updated.pair.size)
        self.removed += int(differences.removed.size)
