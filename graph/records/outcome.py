"""What a write did, by kind of record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from graph.model.entities import Community, Company, Entity, Person, Project, School
from graph.model.facts import FACT_TYPES

__all__ = ["COUNT_NAMES", "Conflict", "Outcome"]

Change = Literal["created", "updated", "unchanged", "withdrawn"]

COUNT_NAMES: dict[str, str] = {
    Person.LABEL: "people",
    Company.LABEL: "companies",
    Project.LABEL: "projects",
    School.LABEL: "schools",
    Community.LABEL: "communities",
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
}
LABELS: dict[str, type[Entity]] = {kind.LABEL: kind for kind in (Person, Company, Project, School, Community)}

if set(COUNT_NAMES) != set(FACT_TYPES) | set(LABELS):
    raise AssertionError("every kind of node and fact needs a name to be counted under")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record that was not written, and why. The reason names no person."""

    record_key: str
    reason: str
    fix: str


@dataclass(slots=True)
class Outcome:
    """Counts by kind of record (`people`, `employments` …) and change, and the records refused."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def count(self, kind: str, change: Change, by: int = 1) -> None:
        """Count `by` changes of a kind given by its node label or relationship type."""
        self.counts.setdefault(COUNT_NAMES[kind], Counter())[change] += by

    def add(self, other: Outcome) -> None:
        """Add another outcome's counts and conflicts to this one."""
        for kind, counter in other.counts.items():
            self.counts.setdefault(kind, Counter()).update(counter)
        self.conflicts.extend(other.conflicts)

    def as_dict(self) -> dict[str, dict[str, int]]:
        """Plain nested counts, every kind with created, updated and unchanged."""
        names = ("created", "updated", "unchanged", "withdrawn")
        return {
            kind: {name: counter[name] for name in names} for kind, counter in sorted(self.counts.items())
        }
