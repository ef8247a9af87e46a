"""Team to team: who of ours should own whom of theirs, and where one relationship carries everything.

The assignment maximises the sum of path strengths, each of theirs with at most one owner, each of ours with at most
so many: a rectangular linear assignment, solved exactly by shortest augmenting paths with potentials (the Hungarian
method in the form of Jonker & Volgenant 1987; O(n² · columns)), each of ours as often as they may own.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graph.committee.committee import Floats, floats
from graph.committee.parameters import REACH as K

__all__ = ["Assignment", "CarryingLink", "Ownership", "SoleOwner", "assign", "carried_alone", "sole_owners"]


@dataclass(frozen=True, slots=True)
class Ownership:
    """One of ours owns one of theirs over a path of this strength, 0..1."""

    ours: int
    theirs: int
    strength: float


@dataclass(frozen=True, slots=True)
class SoleOwner:
    """One of theirs whom only one of ours reaches."""

    ours: int
    theirs: int
    strength: float


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who owns whom, by their position. `total`: sum of strengths; `without`: positions of theirs nobody owns.

    `shares`: of ours who own somebody → their part of the total, adding up to 1.
    """

    owners: tuple[Ownership, ...]
    total: float
    without: tuple[int, ...]
    shares: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class CarryingLink:
    """A link (a tie, a connector, one of ours) on all paths to these members: without it they are out of reach."""

    link: Hashable
    members: tuple[int, ...]


def assign(strengths: ArrayLike, load: int | Sequence[int], floor: float = K.floor) -> Assignment:
    """The assignment of most strength. `strengths` (ours, theirs) 0..1; `load` most per person of ours (one or each).

    A path weaker than `floor` is no relationship to own. Equal assignments: always the same one for the same input.
    Raises ValueError for strengths outside 0..1 or a load below 0.
    """
    paths = np.atleast_2d(np.asarray(strengths, dtype=np.float64))
    paths = floats(paths, paths.shape, "path strength", 0.0, 1.0)
    ours, theirs = paths.shape
    loads = [load] * ours if isinstance(load, int) else list(load)
    if len(loads) != ours or any(most < 0 for most in loads):
        raise ValueError("Give a load limit of 0 or more, one for all or one for each of ours.")
    usable = np.where(paths >= floor, paths, 0.0)
    slots = np.repeat(np.arange(ours), [min(most, theirs) for most in loads])
    # A slot of nobody for each of theirs: to stay without an owner is allowed and gains nothing.
    gain = np.hstack([usable[slots].T, np.zeros((theirs, theirs))])
    chosen = _least_cost(-gain)
    owned = [
        Ownership(int(slots[slot]), member, float(gain[member, slot]))
        for member, slot in enumerate(chosen.tolist())
        if slot < len(slots) and gain[member, slot] > 0.0
    ]
    total = sum(ownership.strength for ownership in owned)
    shares: dict[int, float] = {}
    for ownership in owned:
        shares[ownership.ours] = shares.get(ownership.ours, 0.0) + ownership.strength / total
    without = sorted(set(range(theirs)) - {ownership.theirs for ownership in owned})
    return Assignment(tuple(owned), total, tuple(without), shares)


def sole_owners(strengths: ArrayLike, floor: float = K.floor) -> tuple[SoleOwner, ...]:
    """Those of theirs whom exactly one of ours reaches with at least `floor`, by position."""
    paths = np.atleast_2d(np.asarray(strengths, dtype=np.float64))
    able = (paths >= floor) & (paths > 0.0)
    sole = np.flatnonzero(able.sum(axis=0) == 1)
    return tuple(
        SoleOwner(int(able[:, m].argmax()), int(m), float(paths[able[:, m].argmax(), m])) for m in sole
    )


def carried_alone(paths: Mapping[int, Sequence[Sequence[Hashable]]]) -> tuple[CarryingLink, ...]:
    """Links that every path to a member runs over, with all such members; the most members first.

    `paths`: member → paths as links (ties as pairs, or people), without the member's own position. Members without
    a path are not carried by anything. Equal ones in the order in which they were met.
    """
    carried: dict[Hashable, list[int]] = {}
    for member, ways in paths.items():
        common = set(ways[0]).intersection(*ways[1:]) if ways else set()
        for link in dict.fromkeys(link for link in (ways[0] if ways else ()) if link in common):
            carried.setdefault(link, []).append(member)
    maps = [CarryingLink(link, tuple(sorted(members))) for link, members in carried.items()]
    return tuple(sorted(maps, key=lambda one: -len(one.members)))


def _least_cost(cost: Floats) -> NDArray[np.int64]:
    """Column of each row (rows ≤ columns), each column once, so that the sum of costs is least."""
    rows, columns = cost.shape
    row_price, column_price = np.zeros(rows), np.zeros(columns)
    row_of = np.full(columns, -1)
    for row in range(rows):
        _augment(cost, row, row_price, column_price, row_of)
    chosen = np.full(rows, -1)
    taken = np.flatnonzero(row_of >= 0)
    chosen[row_of[taken]] = taken
    return chosen


def _augment(
    cost: Floats, row: int, row_price: Floats, column_price: Floats, row_of: NDArray[np.int64]
) -> None:
    """Give `row` a column over the cheapest chain of reassignments; prices stay a proof of optimality."""
    columns = cost.shape[1]
    distance = np.full(columns, np.inf)
    before = np.full(columns, -1)
    done = np.zeros(columns, dtype=bool)
    reached, at, column = 0.0, row, -1
    while True:
        through = reached + cost[at] - row_price[at] - column_price
        better = ~done & (through < distance)
        distance[better] = through[better]
        before[better] = column
        column = int(np.where(done, np.inf, distance).argmin())
        reached = float(distance[column])
        if row_of[column] < 0:
            break
        done[column] = True
        at = int(row_of[column])
    row_price[row] += reached
    row_price[row_of[done]] += reached - distance[done]
    column_price[done] -= reached - distance[done]
    while column >= 0:
        previous = int(before[column])
        row_of[column] = row if previous < 0 else row_of[previous]
        column = previous
