"""What a write did, by kind of record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from graph.model.kinds import FACT_TYPES, NODE_KINDS

__all__ = ["COUNT_NAMES", "Conflict", "Outcome"]

Change = Literal["created", "updated", "unchanged", "withdrawn", "suppressed"]

COUNT_NAMES: dict[str, str] = {
    "Person": "people",
    "Company": "companies",
    "Project": "projects",
    "School": "schools",
    "Community": "communities",
    "Opportunity": "opportunities",
    "Observation": "observations",
    "Signal": "signals",
    "Persona": "personas",
    "WORKED_AT": "employments",
    "WORKED_ON": "project_roles",
    "RUN_BY": "project_companies",
    "STUDIED_AT": "studies",
    "MEMBER_OF": "memberships",
    "CONNECTED": "connections",
    "INTERACTED": "interactions",
    "RECOMMENDED": "recommendations",
    "ENDORSED": "endorsements",
    "REPORTS_TO": "reporting_lines",
    "ALLIED": "alliances",
    "SOUGHT_AT": "opportunity_companies",
    "SITS_ON": "committee_members",
    "NOT_ALLIED": "refused_alliances",
    "PART_OF": "subsidiaries",
}
# They say what their observation, signal or persona belongs to, and are counted as that; what a human took back is
# no import's to count.
_PARTS = frozenset({"ABOUT", "HEARD_IN", "HEARD_FROM", "SHOWN_BY", "HAS_PERSONA", "TAKEN_BACK"})

if set(COUNT_NAMES) | _PARTS != set(FACT_TYPES) | set(NODE_KINDS):
    raise AssertionError("every kind of node and fact needs a name to be counted under")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record that was not written, and why. The reason names no person."""

    record_key: str
    reason: str
    fix: str


@dataclass(slots=True)
class Outcome:
    """Counts by kind of record (`people`, `employments` …) and change, and the records refused.

    `left_out`: the people who were counted suppressed, by marks that name nobody.
    """

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)

    def count(self, kind: str, change: Change, by: int = 1) -> None:
        """Count `by` changes of a kind given by its node label or relationship type."""
        if kind not in _PARTS:
            self.counts.setdefault(COUNT_NAMES[kind], Counter())[change] += by

    @property
    def suppressed(self) -> int:
        """How many people were left out because they must not be stored, and notes about them."""
        return sum(counter["suppressed"] for counter in self.counts.values())

    def add(self, other: Outcome) -> None:
        """Add another outcome's counts and conflicts to this one."""
        for kind, counter in other.counts.items():
            self.counts.setdefault(kind, Counter()).update(counter)
        self.conflicts.extend(other.conflicts)
        self.left_out |= other.left_out

    def as_dict(self) -> dict[str, dict[str, int]]:
        """Plain nested counts, every kind with all changes."""
        names = ("created", "updated", "unchanged", "withdrawn", "suppressed")
        return {
            kind: {name: counter[name] for name in names} for kind, counter in sorted(self.counts.items())
        }
