"""The path search on real engines: equal to trying every path, and the same list on both."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from graph.engine import Engine, Transaction
from graph.paths.ranking import Ranked
from graph.paths.reading import EngineTies, read_hops, read_people, read_team
from graph.paths.search import Found, Wanted, search
from graph.ties.strength import Verification

HERE = Path(__file__).parent
# A busy machine must not turn an answer into a truncated one.
PATIENCE = 300.0
CREATE = (HERE.parent / "cypher" / "paths_create.cypher").read_text(encoding="utf-8")


class Case:
    """A random graph as stored, with a question, a caller and the answer by trying everything."""

    def __init__(self, seed: int) -> None:
        rnd = random.Random(seed)
        size = rnd.randint(3, 10)
        self.people = [f"{seed}-{number:02d}" for number in range(size)]
        self.objected = set(rnd.sample(self.people, rnd.choice([0, 0, 1])))
        values = rnd.choice([[0.5], [0.25, 0.5, 1.0], [0.3, 0.6, 0.9, 0.1], None])
        self.ties = [self._tie(rnd, a, b, values) for a, b in self._pairs(rnd)]
        self.viewer = rnd.choice([None, *self.people])
        self.level = rnd.choice(list(Verification))
        avoid = frozenset(rnd.sample(self.people, rnd.choice([0, 0, 1])))
        may = [person for person in self.people if person not in self.objected]
        self.wanted = Wanted(
            starts=tuple(p for p in rnd.sample(may, min(3, len(may))) if p not in avoid),
            targets=tuple(rnd.sample(may, rnd.randint(1, min(3, len(may))))),
            max_connectors=rnd.choice([1, 2, 3, 3]),
            first=rnd.choice([1, 5, 25]),
            min_score=rnd.choice([0.0, 0.05, 0.2]),
            avoid=avoid,
            max_per_connector=rnd.choice([None, None, 1, 2]),
        )

    def _pairs(self, rnd: random.Random) -> list[tuple[str, str]]:
        share = rnd.choice([0.3, 0.6, 0.9])
        every = [(a, b) for i, a in enumerate(self.people) for b in self.people[i + 1 :]]
        return [pair for pair in every if rnd.random() < share]

    def _tie(self, rnd: random.Random, a: str, b: str, values: list[float] | None) -> dict[str, Any]:
        p = rnd.choice(values) if values else rnd.uniform(0.05, 1.0)
        shared = rnd.choice([p, p, 0.0, p / 2])
        verification = rnd.choice([0, 1, 2])
        return {
            "a": a, "b": b, "p": p, "shared_p": shared,
            "verification": verification, "shared_verification": rnd.randint(0, verification),
        }  # fmt: skip

    def expected(self) -> list[Ranked]:
        """Depth-first over everything the caller may use."""
        around: dict[str, list[tuple[str, float]]] = {}
        for tie in self.ties:
            own = self.viewer in (tie["a"], tie["b"])
            p = tie["p"] if own else tie["shared_p"]
            sure = tie["verification"] if own else tie["shared_verification"]
            if p > 0 and sure >= self.level and not {tie["a"], tie["b"]} & self.objected:
                around.setdefault(tie["a"], []).append((tie["b"], p))
                around.setdefault(tie["b"], []).append((tie["a"], p))
        every: list[Ranked] = []

        def walk(path: tuple[str, ...], score: float) -> None:
            ends_well = len(path) > 1 and path[-1] in self.wanted.targets
            if (
                ends_well
                and not set(path[1:-1]) & self.wanted.avoid
                and score >= self.wanted.min_score - 1e-12
            ):
                every.append((round(score, 12), path))
            if len(path) <= self.wanted.max_connectors + 1:
                for other, p in around.get(path[-1], ()):
                    if other not in path:
                        walk((*path, other), score * p)

        for start in self.wanted.starts:
            walk((start,), 1.0)
        served: Counter[str] = Counter()
        chosen: list[Ranked] = []
        most = self.wanted.max_per_connector
        for score, path in sorted(every, key=lambda one: (-one[0], one[1])):
            if most is None or all(served[c] < most for c in path[1:-1]):
                served.update(path[1:-1])
                chosen.append((score, path))
        return chosen[: self.wanted.first]

    async def found_on(self, engine: Engine) -> Found:
        async def work(tx: Transaction) -> Found:
            return await search(EngineTies(tx, self.viewer, self.level), self.wanted, seconds=PATIENCE)

        return await engine.snapshot(work)


async def store(engine: Engine, send_cypher: Any, cases: list[Case]) -> None:
    people = [
        {"id": person, "name": f"Name {person}", "objected": person in case.objected or None}
        for case in cases
        for person in case.people
    ]
    await send_cypher(engine, CREATE, people=people, ties=[tie for case in cases for tie in case.ties])


async def test_equals_brute_force(engine: Engine, send_cypher: Any) -> None:
    cases = [Case(seed) for seed in range(50)]
    await store(engine, send_cypher, cases)
    answered = 0
    for seed, case in enumerate(cases):
        found = await case.found_on(engine)
        assert list(found.paths) == case.expected(), f"seed {seed}"
        assert not found.truncated
        answered += bool(found.paths)
    assert answered > 20


async def test_both_engines_give_the_same_list(both_engines: tuple[Engine, Engine], send_cypher: Any) -> None:
    cases = [Case(seed) for seed in range(500, 530)]
    for engine in both_engines:
        await store(engine, send_cypher, cases)
    for case in cases:
        one, other = [await case.found_on(engine) for engine in both_engines]
        assert one == other


async def test_a_private_tie_serves_its_owner_only(engine: Engine, send_cypher: Any) -> None:
    people = [{"id": i, "name": i, "objected": None} for i in "abc"]
    sure = {"verification": 2, "shared_verification": 0}
    ties = [
        {"a": "a", "b": "b", "p": 0.9, "shared_p": 0.0, **sure},
        {"a": "b", "b": "c", "p": 0.8, "shared_p": 0.4, **sure},
    ]
    await send_cypher(engine, CREATE, people=people, ties=ties)
    wanted = Wanted(starts=("a",), targets=("c",), max_connectors=3, first=5, min_score=0.05)

    async def seen_by(viewer: str | None) -> list[Ranked]:
        async def work(tx: Transaction) -> Found:
            return await search(EngineTies(tx, viewer, Verification.INFERRED), wanted, seconds=PATIENCE)

        return list((await engine.snapshot(work)).paths)

    assert await seen_by(None) == []
    assert await seen_by("c") == []
    assert await seen_by("a") == [(0.36, ("a", "b", "c"))]

    async def stored(tx: Transaction) -> Any:
        return await read_hops(tx, [("a", "b"), ("b", "c")], "c")

    people_told, told = await engine.snapshot(stored)
    assert sorted(people_told) == ["a", "b", "c"]
    assert (told["b", "c"].probability, told["b", "c"].verification) == (0.8, Verification.VERIFIED)
    assert (told["a", "b"].probability, told["a", "b"].verification) == (0.0, Verification.INFERRED)


async def test_team_and_people(engine: Engine, send_cypher: Any) -> None:
    people = [
        {"id": "m1", "name": "Mira", "objected": None, "team_member": True},
        {"id": "m2", "name": "Gone", "objected": True, "team_member": True},
        {"id": "x", "name": None, "objected": None, "team_member": None},
    ]
    await send_cypher(engine, CREATE, people=people, ties=[])

    async def work(tx: Transaction) -> Any:
        return await read_team(tx), await read_people(tx, ["m1", "x", "m2", "nobody"])

    team, found = await engine.snapshot(work)
    assert team == ("m1",)
    assert sorted(found) == ["m1", "m2", "x"]
    assert found["m2"].objected and not found["x"].objected and not found["x"].team_member


@pytest.mark.parametrize("first", [5, 25])
async def test_hubs_stay_exact_when_limits_cut(engine: Engine, send_cypher: Any, first: int) -> None:
    """Two hubs with hundreds of equal ties: the first readings are cut and have to be widened."""
    rnd = random.Random(first)
    middle = [f"c{i:03d}" for i in range(40)] + [f"d{i:03d}" for i in range(40)]
    people = [{"id": i, "name": i, "objected": None} for i in ["a", "z", *middle]]
    same = {"verification": 0, "shared_verification": 0}
    pairs = [("a", c) for c in middle[:40]] + [(d, "z") for d in middle[40:]]
    pairs += [(c, d) for c in middle[:40] for d in middle[40:] if rnd.random() < 0.5]
    ties = [{"a": a, "b": b, "p": 0.5, "shared_p": 0.5, **same} for a, b in pairs]
    await send_cypher(engine, CREATE, people=people, ties=ties)
    wanted = Wanted(starts=("a",), targets=("z",), max_connectors=2, first=first, min_score=0.05)

    async def work(tx: Transaction) -> Found:
        return await search(EngineTies(tx, None, Verification.INFERRED), wanted, seconds=PATIENCE)

    found = await engine.snapshot(work)
    expected = sorted(("a", c, d, "z") for c, d in pairs if c != "a" and d != "z")
    assert [path for _, path in found.paths] == expected[:first]
