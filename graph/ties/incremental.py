"""What changed is derived again: the pairs of changed people, and pairs whose company's size changed bucket."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.engine import Engine, Row, Transaction
from graph.ties.hold import Hold
from graph.ties.items import People, fact_items, fuse_items
from graph.ties.places import Places, changed_pairs, shared_history
from graph.ties.report import DerivationReport
from graph.ties.stored import Differences, Stored, compare, read_stored, write_batches
from graph.ties.strength import Bools, Ints

__all__ = ["derive_pending"]

Progress = Callable[[str, int, int], Awaitable[None] | None]
Rows = list[dict[str, Any]]

_PEOPLE_AT_ONCE = 2_000
_ROUNDS = 1_000


async def derive_pending(hold: Hold, as_of: int, report: DerivationReport, progress: Progress | None) -> None:
    """Derive again whatever waits, some people at a time, each time in one transaction."""
    waiting = (await hold.engine.read("ties/pending"))[0]["pending"]
    for done in range(_ROUNDS):
        claimed, elements = await hold.transact(_claim)
        if not claimed and not elements:
            return
        await _derive_claimed(hold, claimed, elements, as_of, report)
        if progress is not None:
            so_far = min(waiting, (done + 1) * _PEOPLE_AT_ONCE)
            if (told := progress("people", so_far, waiting)) is not None:
                await told


async def _claim(tx: Transaction, before: Row) -> tuple[list[str], list[str]]:
    # What a crashed derivation had claimed comes first; a fact written from now on marks its people anew.
    people, elements = list(before["people"]), list(before["places"])
    if not people and not elements:
        people = (await tx.run("ties/take_people", limit=_PEOPLE_AT_ONCE))[0]["ids"]
        for statement in ("ties/take_companies", "ties/take_projects"):
            elements += (await tx.run(statement, limit=_PEOPLE_AT_ONCE))[0]["elements"]
        if people or elements:
            await tx.run("ties/claim", people=people, places=elements)
    return people, elements


@dataclass(frozen=True, slots=True)
class _Read:
    places: Rows
    facts: Rows
    ties: Rows

    def ids(self) -> set[str]:
        found = {one for row in self.places for one in row["people"]}
        for row in (*self.facts, *self.ties):
            found.update(row["people"], row["others"])
        return found


async def _derive_claimed(
    hold: Hold, claimed: list[str], elements: list[str], as_of: int, report: DerivationReport
) -> None:
    engine = hold.engine

    async def read_places() -> tuple[set[str], Rows]:
        found = await engine.read("ties/places_of", people=claimed)
        known = {*elements, *(place for row in found for place in row["places"])}
        return known, await engine.read("ties/places_by_element", places=sorted(known))

    (wanted, at_places), facts, ties = await asyncio.gather(
        read_places(),
        engine.read("ties/facts_of", people=claimed),
        engine.read("ties/stored_of", people=claimed),
    )
    read = _Read(at_places, facts, ties)
    people = People({*read.ids(), *claimed})
    mine = _flags(people, claimed)
    places = await asyncio.to_thread(Places.read, read.places, people, as_of)
    sizes = places.sizes_used()
    others = await asyncio.to_thread(changed_pairs, places, ~mine)
    if others.size:
        # Their other evidence is needed too: what is fused is everything between the two.
        pairs = [people.ids_of(pair) for pair in others]
        read = await _read_more(engine, read, pairs, wanted)
        people = People({*read.ids(), *claimed})
        mine = _flags(people, claimed)
        numbers = [people.numbers_of([pair[end] for pair in pairs]) for end in (0, 1)]
        extra = np.unique(numbers[0] * len(people) + numbers[1])
        places = await asyncio.to_thread(Places.read, read.places, people, as_of)
    else:
        extra = np.zeros(0, np.int64)
    differences = await asyncio.to_thread(_differences, read, places, people, mine, extra, as_of)

    async def write(tx: Transaction, _: Row) -> None:
        for statement, rows in write_batches(differences, people):
            dated = {} if statement == "ties/remove" else {"as_of": as_of}
            await tx.run(statement, rows=rows, **dated)
        if sizes:
            await tx.run("ties/remember_sizes", rows=sizes)
        await tx.run("ties/claim", people=None, places=None)

    await hold.transact(write)
    report.people += len(claimed)
    report.add(differences)


async def _read_more(engine: Engine, read: _Read, pairs: list[list[str]], known: set[str]) -> _Read:
    touched = sorted({one for pair in pairs for one in pair})

    async def read_places() -> Rows:
        found = await engine.read("ties/places_of", people=touched)
        at = {row["person"]: set(row["places"]) for row in found}
        shared: set[str] = set()
        for a, b in pairs:
            shared |= at.get(a, set()) & at.get(b, set())
        return await engine.read("ties/places_by_element", places=sorted(shared - known))

    others: dict[str, dict[str, bool]] = {}
    for a, b in pairs:
        others.setdefault(a, {})[b] = True
    rows = [{"person": person, "others": wanted} for person, wanted in others.items()]
    places, facts, ties = await asyncio.gather(
        read_places(),
        engine.read("ties/facts_between", rows=rows),
        engine.read("ties/stored_between", rows=rows),
    )
    return _Read(read.places + places, read.facts + facts, read.ties + ties)


def _differences(
    read: _Read, places: Places, people: People, mine: Bools, extra: Ints, as_of: int
) -> Differences:
    touched = mine.copy()
    touched[extra // len(people)] = True

    def chosen(a: Ints, b: Ints) -> Bools:
        pair = np.minimum(a, b).astype(np.int64) * len(people) + np.maximum(a, b)
        return mine[a] | mine[b] | np.isin(pair, extra)

    facts = fact_items(read.facts, people, as_of)
    items = [facts[chosen(facts["a"], facts["b"])], *shared_history(places, touched, chosen)]
    stored = read_stored(read.ties, people)
    a, b = np.divmod(stored.ties.pair, len(people))
    return compare(fuse_items(np.concatenate(items), len(people)), _kept(stored, chosen(a, b)), as_of)


def _kept(stored: Stored, which: Bools) -> Stored:
    return Stored(stored.ties.select(which), stored.as_of[which])


def _flags(people: People, ids: Iterable[str]) -> Bools:
    flags = np.zeros(len(people), bool)
    flags[people.numbers_of(list(ids))] = True
    return flags
