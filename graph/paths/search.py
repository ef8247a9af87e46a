"""The exact search: circles of both ends, joined in the middle, pruned by the best paths known so far.

Engine-free: ties come through a `TieReader`. Each depth (number of connectors) keeps a chain of the ties that
can still matter and the score above which that chain holds every path; a path counts as proven only above it.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import Protocol

from graph.paths.ranking import Chain, Effort, Ranked, above, choose, slack

__all__ = ["MOST_TIES", "Found", "TieReader", "Ties", "Wanted", "search"]

Ties = dict[str, dict[str, float]]

MOST_TIES = 1_000_000
MOST_STEPS = 3_000_000
SECONDS = 6.0
WIDER = 8
# The first paths usually come close to the best there could be. Trying that first walks a fraction of the ties;
# where they do not, the try has cost one small statement.
HOPEFUL = 0.8
FIRST_LIMITS = {1: 64, 2: 256, 3: 256}


class TieReader(Protocol):
    """Reads the ties that the caller may use; people who asked not to be contacted never appear.

    A reader that has to stop at `MOST_TIES` sets `cut`.
    """

    cut: bool

    async def circles(self, people: Iterable[str], floor: float) -> Ties:
        """Every tie of each person with probability >= floor, as {person: {other: probability}}."""

    async def frontier(self, near: Mapping[str, float], floor: float) -> Ties:
        """The ties onwards from each person in `near` where near[person] * probability >= floor."""

    async def middle(
        self, near: Mapping[str, float], far: Mapping[str, float], floor: float, limit: int
    ) -> list[tuple[str, str, float]]:
        """Ties (a, b, p) between the two groups with near[a] * p * far[b] >= floor, greatest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to search for, once people are known by id and the caller's rights are in the reader."""

    starts: tuple[str, ...]
    targets: tuple[str, ...]
    max_connectors: int
    first: int
    min_score: float
    avoid: frozenset[str] = frozenset()
    max_per_connector: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Paths in exact order. `truncated`: a limit stopped the search, so better ones may be missing."""

    paths: tuple[Ranked, ...]
    truncated: bool = False


async def search(reader: TieReader, wanted: Wanted, seconds: float = SECONDS) -> Found:
    """The first paths in exact order: equal to trying every simple path, within the limits of this module."""
    run = _Search(reader, wanted, time.monotonic() + seconds)
    await run.read_circles()
    picks: list[Ranked] = []
    for depth in range(wanted.max_connectors + 1):
        picks = await run.settle(depth, picks)
        if run.truncated:
            break
    return Found(tuple(picks), run.truncated or reader.cut)


class _Search:
    def __init__(self, reader: TieReader, wanted: Wanted, deadline: float) -> None:
        self.reader = reader
        self.wanted = wanted
        self.deadline = deadline
        self.truncated = False
        self.effort = Effort(MOST_STEPS)
        self.circles: Ties = {}
        self.ours: dict[str, float] = {}
        self.theirs: dict[str, float] = {}
        self.chains: dict[int, Chain] = {}
        # Every path of that depth with a score above this is in its chain.
        self.complete_above: dict[int, float] = {}
        self.limits = dict(FIRST_LIMITS)

    async def read_circles(self) -> None:
        """Read the ties of both ends; no later step looks at the ends again."""
        wanted = self.wanted
        starts, targets = set(wanted.starts), set(wanted.targets)
        self.circles = await self.reader.circles(sorted(starts | targets), slack(wanted.min_score))
        self.ours = self._best_of(starts)
        self.theirs = self._best_of(targets)

    def _best_of(self, ends: set[str]) -> dict[str, float]:
        best: dict[str, float] = {}
        for end in ends:
            for person, p in self.circles.get(end, {}).items():
                if p > best.get(person, 0.0):
                    best[person] = p
        for person in self.wanted.avoid:
            best.pop(person, None)
        return best

    async def settle(self, depth: int, picks: list[Ranked]) -> list[Ranked]:
        """The proven first paths with at most `depth` connectors, given those with one fewer."""
        wanted = self.wanted
        floor = picks[-1][0] if len(picks) == wanted.first else wanted.min_score
        if depth >= 2:
            floor = max(floor, HOPEFUL * self._best_possible())
        while True:
            for number in range(depth + 1):
                await self._read(number, floor)
            picks = choose(
                self.chains.values(), wanted.min_score, wanted.first, wanted.max_per_connector, self.effort
            )
            bound = max(self.complete_above.values())
            full = len(picks) == wanted.first
            if bound < wanted.min_score or (full and picks[-1][0] > bound):
                self.truncated = self.truncated or self.effort.spent
                return picks
            if self.truncated or self.effort.spent or time.monotonic() > self.deadline:
                self.truncated = True
                return picks
            certain = picks[-1][0] if full and wanted.max_per_connector is None else 0.0
            # Complete above the floor, yet too few: too hopeful, or a better path took up a connector.
            lower = max(wanted.min_score, certain or floor / 4)
            floor = lower if bound < floor else max(floor, certain)

    def _best_possible(self) -> float:
        return max(self.ours.values(), default=0.0) * max(self.theirs.values(), default=0.0)

    async def _read(self, depth: int, floor: float) -> None:
        """Make the chain of a depth complete above `floor`, or as far as its limit reaches this time."""
        if self.complete_above.get(depth, 1.0) < floor:
            return
        cut_at: float | None = None
        if depth == 0:
            self._direct()
        elif depth == 1:
            cut_at = self._over_one(floor)
        elif depth == 2:
            cut_at = await self._over_two(floor)
        else:
            cut_at = await self._over_three(floor)
        if cut_at is None:
            self.complete_above[depth] = slack(self.wanted.min_score if depth == 0 else floor)
            return
        self.complete_above[depth] = above(cut_at)
        if self.limits[depth] >= MOST_TIES:
            self.truncated = True
        self.limits[depth] = min(self.limits[depth] * WIDER, MOST_TIES)

    def _direct(self) -> None:
        targets = set(self.wanted.targets)
        self.chains[0] = [self._from_starts(targets)]

    def _over_one(self, floor: float) -> float | None:
        bounds = [(self.ours[a] * self.theirs[a], a) for a in self.ours.keys() & self.theirs.keys()]
        limit = self.limits[1]
        kept = nlargest(limit, (pair for pair in bounds if pair[0] >= slack(floor)))
        people = {person for _, person in kept}
        self.chains[1] = [self._from_starts(people), self._to_targets(people)]
        return kept[-1][0] if len(kept) == limit else None

    async def _over_two(self, floor: float) -> float | None:
        least, limit = slack(floor), self.limits[2]
        ours, theirs = _within_reach(self.ours, self.theirs, least)
        flip = len(theirs) < len(ours)
        near, far = (theirs, ours) if flip else (ours, theirs)
        rows = await self.reader.middle(near, far, least, limit) if near and far else []
        ties = _grouped(((b, a, p) for a, b, p in rows) if flip else rows)
        ends = {person for onwards in ties.values() for person in onwards}
        self.chains[2] = [self._from_starts(ties.keys()), ties, self._to_targets(ends)]
        return _bound_of_last(rows, near, far) if len(rows) == limit else None

    async def _over_three(self, floor: float) -> float | None:
        least, limit = slack(floor), self.limits[3]
        ours, theirs = _within_reach(self.ours, self.theirs, least)
        flip = len(theirs) < len(ours)
        near, far = (theirs, ours) if flip else (ours, theirs)
        self.chains[3] = [{}, {}, {}, {}]
        if not near or not far:
            return None
        fan = await self.reader.frontier(near, least / max(far.values()))
        reach: dict[str, float] = {}
        for person, onwards in fan.items():
            for other, p in onwards.items():
                if near[person] * p > reach.get(other, 0.0):
                    reach[other] = near[person] * p
        for person in self.wanted.avoid:
            reach.pop(person, None)
        _, far = _within_reach(reach, far, least)
        rows = await self.reader.middle(far, reach, least, limit) if far else []
        joints = {b for _, b, _ in rows}
        inner = _grouped((b, c, p) for c, b, p in rows)
        outer = {a: {b: onwards[b] for b in onwards.keys() & joints} for a, onwards in fan.items()}
        first, second = (_turned(inner), _turned(outer)) if flip else (outer, inner)
        ends = {person for onwards in second.values() for person in onwards}
        self.chains[3] = [self._from_starts(first.keys()), first, second, self._to_targets(ends)]
        return _bound_of_last(rows, far, reach) if len(rows) == limit else None

    def _from_starts(self, people: Iterable[str]) -> Ties:
        wanted, kept = set(people), {}
        for start in self.wanted.starts:
            circle = self.circles.get(start, {})
            if ties := {person: circle[person] for person in circle.keys() & wanted}:
                kept[start] = ties
        return kept

    def _to_targets(self, people: Iterable[str]) -> Ties:
        wanted = set(people)
        return _grouped(
            (person, target, circle[person])
            for target in self.wanted.targets
            for circle in (self.circles.get(target, {}),)
            for person in circle.keys() & wanted
        )


def _within_reach(
    ours: Mapping[str, float], theirs: Mapping[str, float], least: float
) -> tuple[dict[str, float], dict[str, float]]:
    """Those of each side who, with the best of the other side, can still reach `least`."""
    best_ours, best_theirs = max(ours.values(), default=0.0), max(theirs.values(), default=0.0)
    return (
        {person: p for person, p in ours.items() if p * best_theirs >= least},
        {person: p for person, p in theirs.items() if p * best_ours >= least},
    )


def _bound_of_last(
    rows: list[tuple[str, str, float]], near: Mapping[str, float], far: Mapping[str, float]
) -> float:
    a, b, p = rows[-1]
    return near[a] * p * far[b]


def _grouped(rows: Iterable[tuple[str, str, float]]) -> Ties:
    ties: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for a, b, p in rows:
        ties[a][b] = p
    return dict(ties)


def _turned(ties: Ties) -> Ties:
    return _grouped((b, a, p) for a, onwards in ties.items() for b, p in onwards.items())
