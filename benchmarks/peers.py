"""What `warmPaths` is measured against: the same question on a graph that is already in this process's memory.

Nothing here uses `graph/paths`. A graph is its edge list: `pairs` (n x 2 node numbers, each pair once) and `p`
(n probabilities). Paths come back as (score, node numbers), the greatest score first, equal ones by numbers.
"""

from __future__ import annotations

import itertools
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
        found = self._with_one(starts, targets, ours, theirs, first, floor, connectors)
        if connectors >= 2:
            least = found[first - 1][0] if len(found) >= first else floor
            found += self._with_two(starts, targets, ours, theirs, max(least, floor))
        found.sort(key=lambda path: (-path[0], path[1]))
        return found[:first]

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
        self,
        starts: Sequence[int],
        targets: Sequence[int],
        ours: NDArray[np.float64],
        theirs: NDArray[np.float64],
        first: int,
        floor: float,
        connectors: int,
    ) -> list[Path]:
        found = [
            (_score(float(p)), (s, int(t)))
            for s in starts
            for t, p in zip(*self._ties(s), strict=True)
            if int(t) in set(targets) and _score(float(p)) >= floor
        ]
        if connectors:
            bound = ours * theirs
            for a in np.flatnonzero(bound >= floor * (1 - 1e-9)):
                heads, tails = self._ends(int(a), starts), self._ends(int(a), targets)
                found += _joined([((s,), p) for s, p in heads], [((int(a), t), p) for t, p in tails], floor)
        found.sort(key=lambda path: (-path[0], path[1]))
        return found

    def _with_two(
        self,
        starts: Sequence[int],
        targets: Sequence[int],
        ours: NDArray[np.float64],
        theirs: NDArray[np.float64],
        floor: float,
    ) -> list[Path]:
        least = floor * (1 - 1e-9)
        near = np.flatnonzero(ours * theirs.max() >= least)
        spans = self._from[near + 1] - self._from[near]
        left = np.repeat(near, spans)
        at = np.concatenate(
            [np.arange(self._from[a], self._from[a + 1]) for a in near] or [np.array([], int)]
        )
        right, p = self._to[at], self._p[at]
        kept = ours[left] * p * theirs[right] >= least
        found: list[Path] = []
        for a, b, middle in zip(left[kept].tolist(), right[kept].tolist(), p[kept].tolist(), strict=True):
            heads = [((s,), q * middle) for s, q in self._ends(a, starts) if s != b]
            tails = [((a, b, t), q) for t, q in self._ends(b, targets) if t != a]
            found += _joined(heads, tails, floor)
        return found

    def _ends(self, person: int, ends: Sequence[int]) -> list[tuple[int, float]]:
        others, p = self._ties(person)
        at = np.flatnonzero(np.isin(others, ends))
        return list(zip(others[at].tolist(), p[at].tolist(), strict=True))


def _score(product: float) -> float:
    return round(product, _ROUNDED)


def _joined(
    heads: list[tuple[tuple[int, ...], float]], tails: list[tuple[tuple[int, ...], float]], floor: float
) -> list[Path]:
    return [
        (score, path)
        for head, p in heads
        for tail, q in tails
        if head[0] != tail[-1]
        for score, path in ((_score(p * q), head + tail),)
        if score >= floor
    ]


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
