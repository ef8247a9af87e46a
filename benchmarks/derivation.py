"""Deriving every tie against raw writes of the same ties, and a small change against all."""

from __future__ import annotations

import time

import numpy as np

from benchmarks.measuring import Result, say
from benchmarks.packed import PackedTies, read_ties
from benchmarks.raw import BATCH, CYPHER, batches, load_world, send
from benchmarks.world import World, employment_rows
from graph.engine import Engine
from graph.ties import derive

__all__ = ["measure_derivation"]

# Of a larger graph so many are written raw, and their time is taken times as many as there are.
_MOST_RAW = 2_500_000


async def measure_derivation(engine: Engine, label: str, world: World) -> list[Result]:
    """Load a world, derive it in full, write its ties raw, then change one fact in a hundred.

    The graph is left with its ties derived.
    """
    say(f"{label}: loading {world.people:,} people")
    await load_world(engine, world)
    say(f"{label}: deriving their ties")
    start = time.perf_counter()
    await derive(engine, full=True)
    full = time.perf_counter() - start
    ties = await read_ties(engine, _MOST_RAW)
    count = (await send(engine, "count_ties"))[0]["ties"]
    say(f"{label}: writing {ties.ties.size:,} of {count:,} ties raw")
    await _delete_ties(engine, ties)
    raw = 0.0
    for batch in ties.rows(BATCH):
        start = time.perf_counter()
        await send(engine, "raw_ties", rows=batch)
        raw += time.perf_counter() - start
    # The raw ties are the derived ones, property for property, so the graph is as the derivation left it.
    raw *= count / ties.ties.size
    del ties
    say(f"{label}: one fact in a hundred changes")
    changed = await _add_facts(engine, world)
    start = time.perf_counter()
    await derive(engine)
    little = time.perf_counter() - start
    return [
        Result(label, world.people, "ties a person", round(2 * count / world.people, 1)),
        Result.at_most(
            label, world.people, "derivation: time against raw writes of the same ties", full / raw, 1.5
        ),
        Result.at_most(
            label,
            world.people,
            f"derivation: after {changed:,} new facts (1 %), % of full",
            100 * little / full,
            3,
        ),
    ]


async def _delete_ties(engine: Engine, ties: PackedTies) -> None:
    text = (CYPHER / "delete_ties.cypher").read_text(encoding="utf-8")
    async with engine._driver.session(**engine._session_config("WRITE")) as session:
        low, high = (ties.ids[int(ties.ties["a"][at])] for at in (0, -1))
        await (await session.run(text, low=low, high=high)).consume()


async def _add_facts(engine: Engine, world: World) -> int:
    """One new employment for one fact in a hundred: a third as many people, with three facts each."""
    rng = np.random.default_rng(2)
    facts = world.person.size // 100
    people = rng.choice(world.people, max(facts // 3, 1), replace=False)
    person = np.repeat(people, 3)[:facts]
    rows = rng.integers(0, world.person.size, person.size)
    added = World(
        people=world.people,
        companies=world.companies,
        person=person,
        company=rng.integers(0, world.companies, person.size),
        first=world.first[rows],
        last=world.last[rows],
        department=world.department[rows],
    )
    for at in range(0, person.size, BATCH):
        await send(engine, "raw_employments", rows=employment_rows(added, slice(at, at + BATCH)))
    for ids in batches([f"p{i}" for i in people]):
        await send(engine, "mark_pending", ids=list(ids))
    return int(person.size)
