"""The peers of the benchmark answer the same question, or a ratio to them would mean nothing."""

from __future__ import annotations

import asyncio
import random

import numpy as np
import pytest

from benchmarks.peers import IgraphPaths, NumpyPaths
from graph.paths.search import Wanted, search


class Edges:
    """A `TieReader` over an edge list."""

    cut = False

    def __init__(self, graph: dict[tuple[int, int], float]) -> None:
        self.onwards: dict[str, dict[str, float]] = {}
        for (a, b), p in graph.items():
            self.onwards.setdefault(f"{a:03d}", {})[f"{b:03d}"] = p
            self.onwards.setdefault(f"{b:03d}", {})[f"{a:03d}"] = p

    async def circles(self, people, floor):
        return {a: dict(self.onwards.get(a, {})) for a in people}

    async def frontier(self, near, floor):
        return {a: dict(self.onwards[a]) for a in near}

    async def middle(self, near, far, floor, limit):
        ties = [(a, b, p) for a in near for b, p in self.onwards[a].items() if b in far]
        return sorted(ties, key=lambda tie: -near[tie[0]] * tie[2] * far[tie[1]])[:limit]


@pytest.mark.parametrize("connectors", [0, 1, 2])
def test_peers_agree_with_the_search(connectors: int) -> None:
    for seed in range(40):
        rnd = random.Random(seed)
        size = rnd.randint(4, 25)
        pairs = [(a, b) for a in range(size) for b in range(a + 1, size) if rnd.random() < 0.3]
        if not pairs:
            continue
        graph = {pair: rnd.choice([0.25, 0.5, 0.9]) for pair in pairs}
        starts, targets = rnd.sample(range(size), 2), rnd.sample(range(size), 3)
        wanted = Wanted(
            starts=tuple(f"{s:03d}" for s in starts),
            targets=tuple(f"{t:03d}" for t in targets),
            max_connectors=connectors,
            first=5,
            min_score=0.05,
        )
        found = asyncio.run(search(Edges(graph), wanted)).paths
        expected = [(score, tuple(map(int, path))) for score, path in found]
        for peer in (NumpyPaths, IgraphPaths):
            edges = np.array(pairs), np.array([graph[pair] for pair in pairs])
            assert peer(size, *edges).best(starts, targets, connectors, 5, 0.05) == expected, seed
