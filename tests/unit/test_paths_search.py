"""The search against an independent oracle: every simple path of small random graphs, tried one by one."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.paths import search as search_module
from graph.paths.ranking import Effort, choose
from graph.paths.search import Ties, Wanted, search

Graph = dict[tuple[str, str], float]


class MemoryTies:
    """Ties out of a dict, by the words of `TieReader` alone."""

    def __init__(self, graph: Graph) -> None:
        self.cut = False
        self.calls: Counter[str] = Counter()
        self.onwards: Ties = {}
        for (a, b), p in graph.items():
            self.onwards.setdefault(a, {})[b] = p
            self.onwards.setdefault(b, {})[a] = p

    async def circles(self, people: Iterable[str], floor: float) -> Ties:
        self.calls["circles"] += 1
        return {m: {o: p for o, p in self.onwards.get(m, {}).items() if p >= floor} for m in people}

    async def frontier(self, near: Mapping[str, float], floor: float) -> Ties:
        self.calls["frontier"] += 1
        return {a: {b: p for b, p in self.onwards[a].items() if x * p >= floor} for a, x in near.items()}

    async def middle(
        self, near: Mapping[str, float], far: Mapping[str, float], floor: float, limit: int
    ) -> list[tuple[str, str, float]]:
        self.calls["middle"] += 1
        rows = [
            (near[a] * p * far[b], a, b, p)
            for a in near
            for b, p in self.onwards[a].items()
            if b in far and near[a] * p * far[b] >= floor
        ]
        rows.sort(key=lambda row: -row[0])
        return [(a, b, p) for _, a, b, p in rows[:limit]]


def brute_force(graph: Graph, wanted: Wanted) -> list[tuple[float, tuple[str, ...]]]:
    """Depth-first over everything, no pruning at all, then sorted and thinned."""
    around: dict[str, list[tuple[str, float]]] = {}
    for (a, b), p in graph.items():
        around.setdefault(a, []).append((b, p))
        around.setdefault(b, []).append((a, p))
    every: list[tuple[float, tuple[str, ...]]] = []

    def walk(path: tuple[str, ...], score: float) -> None:
        arrived = len(path) > 1 and path[-1] in wanted.targets and not set(path[1:-1]) & wanted.avoid
        if arrived and round(score, 12) >= wanted.min_score:
            every.append((round(score, 12), path))
        if len(path) <= wanted.max_connectors + 1:
            for other, p in around.get(path[-1], ()):
                if other not in path:
                    walk((*path, other), score * p)

    for start in wanted.starts:
        walk((start,), 1.0)
    every.sort(key=lambda one: (-one[0], one[1]))
    served: Counter[str] = Counter()
    chosen = []
    for score, path in every:
        most = wanted.max_per_connector
        if most is not None and any(served[c] >= most for c in path[1:-1]):
            continue
        served.update(path[1:-1])
        chosen.append((score, path))
    return chosen[: wanted.first]


def random_case(seed: int) -> tuple[Graph, Wanted]:
    rnd = random.Random(seed)
    size = rnd.randint(2, 11)
    people = [f"p{number:02d}" for number in range(size)]
    rnd.shuffle(people)
    # Few distinct values force ties in score, across lengths and across orders of multiplication.
    values = rnd.choice([[0.5], [0.25, 0.5, 1.0], [0.1, 0.2, 0.5, 0.4, 0.25], [0.3, 0.6, 0.9, 0.1], None])
    graph = {
        (a, b): rnd.choice(values) if values else rnd.uniform(0.05, 1.0)
        for number, a in enumerate(people)
        for b in people[number + 1 :]
        if rnd.random() < rnd.choice([0.2, 0.5, 0.9])
    }
    starts = rnd.sample(people, rnd.randint(1, min(4, size)))
    targets = rnd.sample(people, rnd.randint(1, min(4, size)))
    wanted = Wanted(
        starts=tuple(starts),
        targets=tuple(targets),
        max_connectors=rnd.randint(0, 3),
        first=rnd.choice([1, 2, 5, 25]),
        min_score=rnd.choice([0.0, 0.05, 0.1, 0.25, 0.5]),
        avoid=frozenset(rnd.sample(people, rnd.choice([0, 0, 1, 2]))),
        max_per_connector=rnd.choice([None, None, 1, 2]),
    )
    return graph, replace(wanted, starts=tuple(s for s in wanted.starts if s not in wanted.avoid))


def found(graph: Graph, wanted: Wanted) -> list[tuple[float, tuple[str, ...]]]:
    answer = asyncio.run(search(MemoryTies(graph), wanted))
    assert not answer.truncated
    return list(answer.paths)


@pytest.mark.parametrize("block", range(10))
def test_equals_brute_force_on_random_graphs(block: int) -> None:
    async def all_of_them() -> None:
        for seed in range(block * 400, (block + 1) * 400):
            graph, wanted = random_case(seed)
            answer = await search(MemoryTies(graph), wanted)
            assert list(answer.paths) == brute_force(graph, wanted), f"seed {seed}: {graph} {wanted}"
            assert not answer.truncated

    asyncio.run(all_of_them())


@pytest.mark.parametrize("block", range(4))
def test_asking_again_after_a_cut_stays_exact(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for one or two ties at a time, every answer has to be widened until it is proven."""
    first_settings = search_module.FIRST_LIMITS
    monkeypatch.setattr(search_module, "FIRST_LIMITS", dict.fromkeys(first_settings, 1 + block % 2))
    monkeypatch.setattr(search_module, "WIDER", 2)

    async def all_of_them() -> None:
        for seed in range(10_000 + block * 300, 10_000 + (block + 1) * 300):
            graph, wanted = random_case(seed)
            answer = await search(MemoryTies(graph), wanted)
            assert list(answer.paths) == brute_force(graph, wanted), f"seed {seed}"

    asyncio.run(all_of_them())


@settings(max_examples=150, deadline=None)
@given(
    ties=st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
        st.sampled_from([0.05, 0.2, 0.3, 0.5, 0.6, 1.0]) | st.floats(0.05, 1.0),
        max_size=20,
    ),
    starts=st.sets(st.integers(0, 7), min_size=1, max_size=3),
    targets=st.sets(st.integers(0, 7), min_size=1, max_size=3),
    most=st.none() | st.integers(1, 2),
    connectors=st.integers(0, 3),
    first=st.integers(1, 8),
)
def test_equals_brute_force_by_properties(ties, starts, targets, most, connectors, first) -> None:
    graph = {(str(a), str(b)): p for (a, b), p in ties.items()}
    wanted = Wanted(
        starts=tuple(map(str, starts)),
        targets=tuple(map(str, targets)),
        max_connectors=connectors,
        first=first,
        min_score=0.05,
        max_per_connector=most,
    )
    assert found(graph, wanted) == brute_force(graph, wanted)


def line(*values: float) -> Graph:
    return {(f"n{i}", f"n{i + 1}"): p for i, p in enumerate(values)}


def ask(**changes: object) -> Wanted:
    basis = Wanted(starts=("n0",), targets=("n4",), max_connectors=3, first=5, min_score=0.05)
    return replace(basis, **changes)  # type: ignore[arg-type]


def test_a_target_of_ours_is_reached_from_others_only() -> None:
    graph = {("a", "b"): 0.5}
    wanted = ask(starts=("a", "b"), targets=("b",))
    assert found(graph, wanted) == [(0.5, ("a", "b"))]


def test_one_connector_more_than_allowed_is_no_path() -> None:
    graph = line(0.9, 0.9, 0.9, 0.9)
    assert found(graph, ask(max_connectors=2)) == []
    assert [path for _, path in found(graph, ask())] == [("n0", "n1", "n2", "n3", "n4")]


def test_a_score_exactly_at_the_floor_counts() -> None:
    graph = {("n0", "n1"): 0.1, ("n1", "n4"): 0.5}
    assert [score for score, _ in found(graph, ask())] == [0.05]


def test_products_equal_on_paper_are_ordered_by_id() -> None:
    """0.1 * 0.2 * 0.3 depends on the order in the last bit; the ranking must not."""
    graph = {
        ("s", "b"): 0.1, ("b", "c"): 0.2, ("c", "t"): 0.3,
        ("s", "a"): 0.3, ("a", "d"): 0.2, ("d", "t"): 0.1,
    }  # fmt: skip
    assert 0.1 * 0.2 * 0.3 != 0.3 * 0.2 * 0.1
    wanted = ask(starts=("s",), targets=("t",), min_score=0.001)
    assert [path for _, path in found(graph, wanted)] == [("s", "a", "d", "t"), ("s", "b", "c", "t")]


def test_no_path_needs_no_further_reading() -> None:
    reader = MemoryTies({("x", "y"): 0.5})
    answer = asyncio.run(search(reader, ask()))
    assert answer.paths == () and reader.calls == {"circles": 1}


def test_a_reader_that_was_cut_makes_the_answer_truncated() -> None:
    reader = MemoryTies(line(0.9, 0.9))
    reader.cut = True
    assert asyncio.run(search(reader, ask(targets=("n2",)))).truncated


def test_no_time_left_is_said() -> None:
    many = {(a, f"c{i:03d}"): 0.5 for i in range(100) for a in ("n0", "n4")}
    answer = asyncio.run(search(MemoryTies(many), ask(first=25), seconds=-1.0))
    assert answer.truncated
    assert asyncio.run(search(MemoryTies(many), ask(first=25))).truncated is False


def test_no_effort_left_is_said() -> None:
    chain = [{"s": {f"c{i}": 0.5 for i in range(50)}}, {f"c{i}": {"t": 0.5} for i in range(50)}]
    effort = Effort(10)
    assert len(choose([chain], 0.05, 25, None, effort)) < 25
    assert effort.spent


def test_equal_scores_in_hundreds_come_in_id_order() -> None:
    many = {(a, f"c{i:03d}"): 0.5 for i in range(700) for a in ("n0", "n4")}
    assert [path[1] for _, path in found(many, ask(first=3))] == ["c000", "c001", "c002"]


def test_diversity_widens_when_a_better_path_takes_the_connectors_of_two() -> None:
    graph = {
        ("s", "x"): 0.5, ("x", "t"): 0.5, ("s", "y"): 0.3, ("y", "t"): 0.8, ("x", "y"): 1.0,
        ("s", "z"): 0.5, ("z", "w"): 0.5, ("w", "t"): 0.5,
    }  # fmt: skip
    wanted = ask(starts=("s",), targets=("t",), first=2, max_connectors=2, max_per_connector=1)
    assert found(graph, replace(wanted, max_connectors=1)) == [
        (0.25, ("s", "x", "t")),
        (0.24, ("s", "y", "t")),
    ]
    assert found(graph, wanted) == [(0.4, ("s", "x", "y", "t")), (0.125, ("s", "z", "w", "t"))]
