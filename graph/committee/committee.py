"""The committee as arrays: what every computation of this folder takes in. Person i is at position i everywhere.

Frozen, checked at once: what is ill is refused with a `ValueError` that says what to correct. Contradictory
alliances between the same two (friends and rivals) are not refused: people are both. They are netted, strength
against strength, and `contradictions` lists them, so that a human can be asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BUYING_ROLES",
    "ECONOMIC_BUYER",
    "SOURCES",
    "TECHNICAL_BUYER",
    "USER_BUYER",
    "Committee",
    "Floats",
    "NotSeated",
    "Observed",
    "Tie",
    "contradictions",
    "floats",
    "listening_ties",
    "signed_ties",
]

Floats = NDArray[np.float64]

ECONOMIC_BUYER = "economic_buyer"
TECHNICAL_BUYER = "technical_buyer"
USER_BUYER = "user_buyer"
BUYING_ROLES = (ECONOMIC_BUYER, TECHNICAL_BUYER, USER_BUYER, "coach", "gatekeeper", "legal", "procurement")
SOURCES = ("direct", "coach_report", "hearsay")


class NotSeated(ValueError):
    """Somebody who does not sit on the committee."""

    def __init__(self) -> None:
        super().__init__("This person does not sit on the committee: add them first.")


@dataclass(frozen=True, slots=True)
class Tie:
    """An alliance between members a and b; `directed`: a listens to b, and not b to a because of it.

    `sign` +1 (friendship, mentoring, …) or -1 (rivalry, enmity), `strength` 0..1, `key` the stored fact's.
    Raises ValueError when somebody is allied with themselves, or sign or strength are none.
    """

    a: int
    b: int
    sign: int
    strength: float
    directed: bool = False
    kind: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        if self.a == self.b:
            raise ValueError("Nobody is allied with themselves: name two people.")
        if self.sign not in (-1, 1):
            raise ValueError("The sign of an alliance is +1 or -1.")
        if not 0.0 <= self.strength <= 1.0:
            raise ValueError("The strength of an alliance lies between 0 and 1.")

    @property
    def signed(self) -> float:
        """Sign times strength, -1..1."""
        return self.sign * self.strength


@dataclass(frozen=True, slots=True)
class Observed:
    """A stance that was heard: `value` -1..1 of member `about`, from a `source` (direct, coach_report, hearsay).

    `reliability` 0..1 of the source, None when not stated; `informant` is the person who said it, if known
    (they need not sit on the committee). Raises ValueError when a value lies outside its range.
    """

    about: int
    value: float
    source: str = "direct"
    reliability: float | None = None
    age_days: float = 0.0
    key: str = ""
    informant: str | None = None

    def __post_init__(self) -> None:
        if not -1.0 <= self.value <= 1.0:
            raise ValueError("A stance lies between -1 (opponent) and 1 (mentor).")
        if self.source not in SOURCES:
            raise ValueError(f"The source of an observation is one of {', '.join(SOURCES)}.")
        if self.reliability is not None and not 0.0 <= self.reliability <= 1.0:
            raise ValueError("The reliability of a source lies between 0 and 1.")
        if not 0.0 <= self.age_days < np.inf:
            raise ValueError("An observation lies in the past: its age in days is 0 or more.")


def floats(values: object, shape: tuple[int, ...], name: str, low: float, high: float) -> Floats:
    """Values as a read-only array of that shape, each within low..high; ValueError names what is wrong."""
    array = np.array(values, dtype=np.float64)
    if array.shape != shape:
        raise ValueError(f"There must be {shape} values of {name}, not {array.shape}.")
    if not bool(np.all((array >= low) & (array <= high))):
        raise ValueError(f"Each {name} lies between {low:g} and {high:g}.")
    array.setflags(write=False)
    return array


@dataclass(frozen=True, eq=False)
class Committee:
    """Who sits there, who is bound to whom, and what was heard. n people, position = index.

    `influence` (n,) 0..1: how much the others listen. `prior_mean` (n,) -1..1 and `prior_precision` (n,) > 0:
    what is believed before anything is heard. `reports_to`: pairs (a, b), a reports to b. `roles`: buying role
    → probability per member (n,); a role left out is nobody's. Raises ValueError for anything ill.
    """

    people: tuple[str, ...]
    influence: Floats
    prior_mean: Floats
    prior_precision: Floats
    alliances: tuple[Tie, ...] = ()
    reports_to: tuple[tuple[int, int], ...] = ()
    observations: tuple[Observed, ...] = ()
    roles: Mapping[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (len(self.people),)
        if len(set(self.people)) != len(self.people):
            raise ValueError("A person sits on a committee once.")
        checked = {
            "influence": floats(self.influence, shape, "influence", 0.0, 1.0),
            "prior_mean": floats(self.prior_mean, shape, "prior stance", -1.0, 1.0),
            "prior_precision": floats(self.prior_precision, shape, "prior precision", 1e-9, 1e9),
            "roles": {
                role: floats(chance, shape, "role probability", 0.0, 1.0)
                for role, chance in self.roles.items()
            },
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        self._check_members()

    def _check_members(self) -> None:
        named = [i for tie in self.alliances for i in (tie.a, tie.b)]
        named += [i for pair in self.reports_to for i in pair]
        named += [seen.about for seen in self.observations]
        if any(not 0 <= i < len(self.people) for i in named):
            raise ValueError(
                "An alliance, reporting line or observation names somebody outside the committee."
            )
        if any(a == b for a, b in self.reports_to):
            raise ValueError("Nobody reports to themselves: name two people.")
        if unknown := set(self.roles) - set(BUYING_ROLES):
            raise ValueError(f"{sorted(unknown)[0]} is no buying role; they are {', '.join(BUYING_ROLES)}.")

    @property
    def size(self) -> int:
        """Number of members."""
        return len(self.people)

    def index_of(self, person: str) -> int:
        """Position of a person; NotSeated when they do not sit on the committee."""
        try:
            return self.people.index(person)
        except ValueError:
            raise NotSeated from None

    def role(self, name: str) -> Floats:
        """Probability per member (n,) of holding a buying role; zeros when nobody is known to."""
        return self.roles[name] if name in self.roles else np.zeros(self.size)


def signed_ties(committee: Committee) -> Floats:
    """Net alliance (n, n) of each two, symmetric, -1..1: Σ sign · strength whatever the direction, cut at ±1."""
    net = np.zeros((committee.size, committee.size))
    for tie in committee.alliances:
        net[tie.a, tie.b] += tie.signed
        net[tie.b, tie.a] += tie.signed
    return np.clip(net, -1.0, 1.0)


def listening_ties(committee: Committee) -> Floats:
    """Net alliance (n, n), -1..1, row listens to column: as `signed_ties`, a directed one in its row alone."""
    net = np.zeros((committee.size, committee.size))
    for tie in committee.alliances:
        net[tie.a, tie.b] += tie.signed
        if not tie.directed:
            net[tie.b, tie.a] += tie.signed
    return np.clip(net, -1.0, 1.0)


def contradictions(committee: Committee) -> tuple[tuple[Tie, Tie], ...]:
    """Pairs of alliances between the same two people whose signs differ: netted in the answers, worth a question."""
    between: dict[frozenset[int], list[Tie]] = {}
    for tie in committee.alliances:
        between.setdefault(frozenset((tie.a, tie.b)), []).append(tie)
    return tuple(
        (one, other)
        for ties in between.values()
        for one, other in combinations(ties, 2)
        if one.sign != other.sign
    )
