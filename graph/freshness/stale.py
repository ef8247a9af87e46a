"""Stale facts worth checking first: the open posts of those on whom the best paths rest.

What rests on a person is, over the members of open committees, the sum of the strengths of the best path over them
(their best tie to one of ours times their tie to the member; for a member their own best tie). After that comes the
sum of their ties to ours. Both are sums over stored ties, so that the list can be explained and costs seconds.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.engine.connection import Engine
from graph.freshness.confirming import (
    Confirmation,
    confirmation_keys,
    confirmed_on,
    is_open,
    is_stale,
    read_confirmations,
)
from graph.freshness.parameters import FRESHNESS, FreshnessParameters
from graph.records.people import employments_of, people_by_ids, project_roles_of
from graph.records.views import EVERYBODY, FactView, PersonView

__all__ = ["Position", "StaleFact", "Weight", "count_stale", "stale_facts", "weights_of"]

Position = tuple[float, float, str, str]


@dataclass(slots=True)
class Weight:
    """What rests on a person: `carries` paths to open committees, and the ties to our team."""

    person: str
    carries: float = 0.0
    members: int = 0
    """How many members of open committees they know."""
    best: float = 0.0
    circle: float = 0.0
    ours: int = 0
    """How many of ours know them."""
    seats: tuple[str, ...] = field(default=())
    """Names of the open opportunities in whose committee they sit."""

    @property
    def order(self) -> tuple[float, float, str]:
        """Sort key: what carries most first."""
        return -self.carries, -self.circle, self.person


@dataclass(frozen=True, slots=True)
class StaleFact:
    """An open fact that nobody confirmed for long; `confirmed` (ISO) is the last time, None when never dated."""

    person: PersonView
    fact: FactView[Any]
    confirmed: str | None
    weight: Weight

    @property
    def position(self) -> Position:
        """Where it stands in the list."""
        return (*self.weight.order, self.fact.ref.token)

    @property
    def reason(self) -> str:
        """Why it should be checked, in words."""
        name, where = self.person.name, self.fact.other.name
        title = self.fact.says.get("title") or self.fact.says.get("role")
        what = f"{name} is {title} at {where}" if title else f"{name} is at {where}"
        when = f"since {self.confirmed}" if self.confirmed else "since it was entered"
        return f"Nobody has confirmed {when} that {what}. {self._rests()}"

    def _rests(self) -> str:
        weight, said = self.weight, []
        if weight.seats:
            said.append(f"sits on the committee of {_listed(weight.seats)}")
        if weight.ours:
            people = "one of ours" if weight.ours == 1 else f"{weight.ours} of ours"
            said.append(f"is known to {people} (at best {weight.best:.0%})")
        if weight.members:
            said.append(
                "knows a member of an open committee"
                if weight.members == 1
                else f"knows {weight.members} members of open committees"
            )
        return f"{self.person.name} {_joined(said)}."


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


async def stale_facts(
    engine: Engine,
    *,
    viewer: str | None,
    sees: str | None = EVERYBODY,
    today: date,
    committees: bool = True,
    after: Position | None = None,
    limit: int,
    parameters: FreshnessParameters = FRESHNESS,
) -> list[StaleFact]:
    """A page of stale facts, those that most rests on first. Looks at the `most_looked_at` weightiest people.

    Nobody is named who objected, is of our team, or whom the caller may not know (`sees` as `PersonView.known_by`).
    Without `committees` nothing of who sits on which is told or counted.
    """
    found: list[StaleFact] = []
    async for one in _stale(engine, viewer, sees, today, committees, after, parameters):
        found.append(one)
        if len(found) == limit:
            break
    return found


async def count_stale(
    engine: Engine,
    *,
    viewer: str | None,
    sees: str | None = EVERYBODY,
    today: date,
    committees: bool = True,
    parameters: FreshnessParameters = FRESHNESS,
) -> int:
    """How many stale facts there are of the people whom `stale_facts` looks at."""
    return len([one async for one in _stale(engine, viewer, sees, today, committees, None, parameters)])


async def _stale(
    engine: Engine,
    viewer: str | None,
    sees: str | None,
    today: date,
    committees: bool,
    after: Position | None,
    parameters: FreshnessParameters,
) -> AsyncIterator[StaleFact]:
    weights = (await weights_of(engine, viewer, sees, committees, parameters))[: parameters.most_looked_at]
    if after is not None:
        weights = [weight for weight in weights if weight.order >= after[:3]]
    for start in range(0, len(weights), parameters.looked_at_once):
        some = {weight.person: weight for weight in weights[start : start + parameters.looked_at_once]}
        people, facts, confirmations = await _read(engine, list(some), viewer)
        for person, weight in some.items():
            for fact in sorted(facts.get(person, ()), key=lambda fact: fact.ref.token):
                confirmed = confirmed_on(fact.ref.type, fact.says, fact.sources, confirmations)
                if person in people and is_stale(fact.ref.type, fact.says, confirmed, today):
                    one = StaleFact(people[person], fact, confirmed, weight)
                    if after is None or one.position > after:
                        yield one


async def _read(
    engine: Engine, ids: list[str], viewer: str | None
) -> tuple[dict[str, PersonView], dict[str, list[FactView[Any]]], Mapping[str, Confirmation]]:
    facts: dict[str, list[FactView[Any]]] = {}
    for read in (employments_of, project_roles_of):
        for person, views in (await read(engine, ids, viewer)).items():
            facts.setdefault(person, []).extend(view for view in views if is_open(view.ref.type, view.says))
    keys = confirmation_keys(fact for views in facts.values() for fact in views)
    confirmations = await read_confirmations(engine, sorted(keys)) if keys else {}
    people = await people_by_ids(engine, [one for one in ids if facts.get(one)])
    return people, facts, confirmations


async def weights_of(
    engine: Engine,
    viewer: str | None,
    sees: str | None,
    committees: bool = True,
    parameters: FreshnessParameters = FRESHNESS,
) -> list[Weight]:
    """What rests on each person whom ours know or who sits on an open committee, the weightiest first."""
    circle = (await engine.read("freshness/circle", viewer=viewer, sees=sees))[0]
    weights = {
        person: Weight(person, best=best, circle=total, ours=number)
        for person, best, total, number in zip(
            circle["people"], circle["best"], circle["total"], circle["number"], strict=True
        )
    }
    closed, limit = list(parameters.closed_stages), parameters.most_seats
    seats = await engine.read("freshness/seats", closed=closed, sees=sees, limit=limit) if committees else []
    for row in seats:
        weight = weights.setdefault(row["person"], Weight(row["person"]))
        weight.seats = tuple(sorted(row["opportunities"]))
        weight.carries += max(weight.best, parameters.unreached)
    members = [row["person"] for row in seats]
    for row in await engine.read("freshness/around_seats", people=members) if members else ():
        for other, p in zip(row["others"], row["values"], strict=True):
            weight_of_other = weights.get(other)
            if weight_of_other is not None and weight_of_other.best > 0:
                weight_of_other.carries += weight_of_other.best * p
                weight_of_other.members += 1
    for weight in weights.values():
        # Sums are the same on every engine, whatever the order of their terms.
        weight.carries, weight.circle = round(weight.carries, 9), round(weight.circle, 9)
    return sorted(weights.values(), key=lambda weight: weight.order)
