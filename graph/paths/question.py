"""What is asked: from whom, to whom, over how many connectors, on what evidence."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import UTC, date, datetime

from graph.model.facts import SENIORITIES
from graph.ties import Verification

__all__ = [
    "DECISION_MAKERS_FROM",
    "CompanyTarget",
    "InvalidQuestion",
    "OpportunityTarget",
    "PathQuestion",
    "PersonTarget",
    "Verification",
]

DECISION_MAKERS_FROM = "head"
LONGEST_LIST = 1000


class InvalidQuestion(ValueError):
    """A value that cannot be asked for; `field` names it, the text says what is allowed."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(f"{field}: {text}")
        self.field = field


@dataclass(frozen=True, slots=True)
class PersonTarget:
    """One person, by id."""

    id: str

    def __post_init__(self) -> None:
        if not self.id:
            raise InvalidQuestion("target", "give the id of a person")


@dataclass(frozen=True, slots=True)
class CompanyTarget:
    """Those who decide at a company: its current employees, narrowed by what is given.

    `min_seniority` is the least senior that counts, `titles` are words of which one must stand in the title,
    `departments` likewise for the department; all that is given must hold. With neither seniority nor titles,
    decision-makers are heads and above. `subsidiaries`: those of the companies that belong to it count, too.
    """

    id: str
    min_seniority: str | None = None
    titles: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    subsidiaries: bool = False

    def __post_init__(self) -> None:
        if not self.id:
            raise InvalidQuestion("target", "give the id of a company")
        if self.min_seniority is not None and self.min_seniority not in SENIORITIES:
            raise InvalidQuestion("minSeniority", f"is one of {', '.join(SENIORITIES)}")
        for field, values in (("titles", self.titles), ("departments", self.departments)):
            if any(not value.strip() for value in values):
                raise InvalidQuestion(field, "has an empty entry: leave it out")

    @property
    def by_default(self) -> bool:
        """Nobody said who decides: heads and above are taken, and everybody if there are none."""
        return self.min_seniority is None and not self.titles

    @property
    def seniorities(self) -> frozenset[str] | None:
        """The seniorities that count, or None when any does."""
        least = self.min_seniority or (DECISION_MAKERS_FROM if self.by_default else None)
        return None if least is None else frozenset(SENIORITIES[: SENIORITIES.index(least) + 1])


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class OpportunityTarget:
    """Those who decide in an opportunity: members who are probably economic, technical or user buyers.

    No path leads through somebody who is hostile there. `on`: the day for which stances and roles are told.
    """

    id: str
    on: date = dataclasses.field(default_factory=_today)

    def __post_init__(self) -> None:
        if not self.id:
            raise InvalidQuestion("target", "give the id of an opportunity")


@dataclass(frozen=True, slots=True, kw_only=True)
class PathQuestion:
    """A question for warm paths. Raises `InvalidQuestion` (a ValueError with the field's name).

    `from_ids` None means every team member. `verification` is the weakest allowed for each tie. People in
    `avoid` are neither starts nor connectors. At most `max_per_connector` paths go through one connector.
    """

    target: PersonTarget | CompanyTarget | OpportunityTarget
    from_ids: tuple[str, ...] | None = None
    max_connectors: int = 2
    first: int = 5
    min_score: float = 0.05
    verification: Verification = Verification.INFERRED
    avoid: tuple[str, ...] = ()
    max_per_connector: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.max_connectors <= 3:
            raise InvalidQuestion("maxConnectors", "lies between 0 and 3")
        if not 1 <= self.first <= 25:
            raise InvalidQuestion("first", "lies between 1 and 25")
        if not 0 <= self.min_score <= 1:
            raise InvalidQuestion("minScore", "lies between 0 and 1")
        if self.max_per_connector is not None and self.max_per_connector < 1:
            raise InvalidQuestion("maxPerConnector", "is 1 or more")
        if self.from_ids is not None and not self.from_ids:
            raise InvalidQuestion("from", "names nobody: leave it out to start from every team member")
        for field, values in (("from", self.from_ids or ()), ("avoid", self.avoid)):
            if len(values) > LONGEST_LIST:
                raise InvalidQuestion(field, f"takes at most {LONGEST_LIST} ids")
