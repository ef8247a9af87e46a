"""What `warmPaths` is measured against: the same question on a graph that is already in this process's memory.

Nothing here uses `graph/paths`. A graph is its edge list: `pairs` (n x 2 node numbers, each pair once) and `p`
(n probabilities). Paths come back as (score, node numbers), the greatest score first, equal ones by numbers.
"""

from __future__ import annotations

import itertools
from bisect import insort
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["IgraphPaths", "NumpyPaths"]

Path = tuple[float, tuple[int, ...]]
_ROUNDED = 12


class NumpyPaths:
    """Exact search over a compressed adjacency with whole-array steps, up to two connectors."""

    def __init__(self, people: int, pairs: NDArray[np.int64], p: NDArray[np.float64]) -> None:
        both = np.concatenate([pairs, pairs[:, ::-1]])
        order = np.argsort(both[:, 0], kind="stable")
        self._to = both[order, 1]
        self._p = np.concatenate([p, p])[order]
        self._from = np.searchsorted(both[order, 0], np.arange(people + 1))
        self._people = people

    def best(
        self, starts: Sequence[int], targets: Sequence[int], connectors: int, first: int, floor: float
    ) -> list[Path]:
        """The exact first paths with at most `connectors` (0 to 2) connectors and score >= floor."""
        ours, theirs = self._best_of(starts), self._best_of(targets)
        best = _Best(first, floor)
        aim = set(targets)
        for start in starts:
            for other, p in zip(*(column.tolist() for column in self._ties(start)), strict=True):
                if other in aim:
                    best.add(p, (start, other))
        if connectors >= 1:
            self._with_one(starts, targets, ours * theirs, best)
        if connectors >= 2:
            self._with_two(starts, targets, ours, theirs, best)
        return best.sorted()

    def _ties(self, person: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        span = slice(self._from[person], self._from[person + 1])
        return self._to[span], self._p[span]

    def _best_of(self, ends: Sequence[int]) -> NDArray[np.float64]:
        best = np.zeros(self._people)
        for end in ends:
            others, p = self._ties(end)
            np.maximum.at(best, others, p)
        return best

    def _with_one(
        self, starts: Sequence[int], targets: Sequence[int], bound: NDArray[np.float64], best: _Best
    ) -> None:
        people = np.flatnonzero(bound >= best.least)
        for a in people[np.argsort(-bound[people])].tolist():
            if bound[a] < best.least:
                break
            for s, p in self._ends(a, starts):
                for t, q in self._ends(a, targets):
                    best.add(p * q, (s, a, t))

    def _with_two(
        self,
        starts: Sequence[int],
        targets: Sequence[int],
        ours: NDArray[np.float64],
        theirs: NDArray[np.float64],
        best: _Best,
    ) -> None:
        near = np.flatnonzero(ours * theirs.max() >= best.least)
        spans = self._from[near + 1] - self._from[near]
        ends_at = np.cumsum(spans)
        at = np.arange(ends_at[-1] if len(near) else 0) + np.repeat(self._from[near] - ends_at + spans, spans)
        left, right, p = np.repeat(near, spans), self._to[at], self._p[at]
        bound = ours[left] * p * theirs[right]
        kept = np.flatnonzero(bound >= best.least)
        for i in kept[np.argsort(-bound[kept])].tolist():
            if bound[i] < best.least:
                break
            a, b, middle = int(left[i]), int(right[i]), float(p[i])
            for s, q in self._ends(a, starts):
                for t, r in self._ends(b, targets):
                    best.add(q * middle * r, (s, a, b, t))

    def _ends(self, person: int, ends: Sequence[int]) -> list[tuple[int, float]]:
        others, p = self._ties(person)
        at = np.flatnonzero(np.isin(others, ends))
        return list(zip(others[at].tolist(), p[at].tolist(), strict=True))


class _Best:
    """The best simple paths so far; what lies below `least` can no longer be one of them."""

    def __init__(self, first: int, floor: float) -> None:
        self._first = first
        self._floor = floor
        self._found: list[Path] = []
        self.least = floor * (1 - 1e-9)

    def add(self, product: float, path: tuple[int, ...]) -> None:
        score = _score(product)
        if score < self.least or score < self._floor or len(set(path)) < len(path):
            return
        insort(self._found, (-score, path))
        del self._found[self._first :]
        if len(self._found) == self._first:
            self.least = -self._found[-1][0] * (1 - 1e-9)

    def sorted(self) -> list[Path]:
        return [(-score, path) for score, path in self._found]


def _score(product: float) -> float:
    return round(product, _ROUNDED)


class IgraphPaths:
    """igraph's bounded simple paths over the same edge list, scored afterwards: it knows no weights here."""

    def __init__(self, people: int, pairs: NDArray[np.int64], p: NDArray[np.float64]) -> None:
        import igraph

        self._graph: Any = igraph.Graph(n=people, edges=pairs)
        ordered = np.sort(pairs, axis=1)
        keys = ordered[:, 0] * people + ordered[:, 1]
        self._p = dict(zip(keys.tolist(), p.tolist(), strict=True))
        self._people = people

    def best(
        self, starts: Sequence[int], targets: Sequence[int], connectors: int, first: int, floor: float
    ) -> list[Path]:
        """The exact first paths with at most `connectors` connectors and score >= floor."""
        found: list[Path] = []
        for start in starts:
            for path in self._graph.get_all_simple_paths(start, to=list(targets), maxlen=connectors + 1):
                score = 1.0
                for a, b in itertools.pairwise(path):
                    score *= self._p[min(a, b) * self._people + max(a, b)]
                if _score(score) >= floor:
                    found.append((_score(score), tuple(path)))
        found.sort(key=lambda path: (-path[0], path[1]))
        return found[:first]
