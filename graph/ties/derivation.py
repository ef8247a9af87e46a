"""Evidence becomes ties: the one place that writes `TIE`, whole or for what changed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from typing import Any

from graph.engine import Engine, Row, Transaction
from graph.ties.hold import Hold, hold_derivation
from graph.ties.incremental import derive_pending
from graph.ties.items import Items, People, as_of_today, fact_items, fuse_items
from graph.ties.places import Places, shared_history
from graph.ties.report import DerivationReport
from graph.ties.spill import Spill
from graph.ties.stored import compare, read_stored, write_batches

__all__ = ["derive"]

Progress = Callable[[str, int, int], Awaitable[None] | None]

# Places are read until they hold that many spells.
_SPELLS_A_BATCH = 50_000
_ROWS_A_BATCH = 5_000
# More people waiting than this, and more than one in ten of all: deriving everything is less work.
_FEW = 4_000
_SHARE = 10


async def derive(
    engine: Engine, full: bool = False, today: date | None = None, progress: Progress | None = None
) -> DerivationReport:
    """Bring the ties up to date with the facts, as of the month of `today`.

    Only what changed is derived again, unless `full` or a new month (evidence ages) demands everything; the
    result is the same. Waits while another derivation is under way. `progress(stage, done, of)` is called
    between batches.
    """
    began = time.monotonic()
    as_of = as_of_today(today)
    report = DerivationReport(as_of=as_of)
    async with hold_derivation(engine) as hold:
        if full or await _demands_everything(hold, as_of):
            report.full = True
            await _derive_fully(hold, as_of, report, progress)
        # Also after a full one: facts may have come while it ran.
        await derive_pending(hold, as_of, report, progress)
    report.seconds = time.monotonic() - began
    return report


async def _demands_everything(hold: Hold, as_of: int) -> bool:
    state = await hold.take()
    if state is None or state["as_of"] != as_of:
        return True
    waiting = (await hold.engine.read("ties/pending"))[0]
    return bool(waiting["pending"] > max(_FEW, waiting["people"] // _SHARE))


async def _derive_fully(hold: Hold, as_of: int, report: DerivationReport, progress: Progress | None) -> None:
    engine = hold.engine
    await _start_afresh(hold)
    people = People([one for row in await engine.read("ties/people") for one in row["ids"]])
    report.people += len(people)
    with Spill(len(people)) as spill:
        await _gather(hold, people, as_of, spill)
        compared = (await engine.read("ties/any_stored"))[0]["found"]
        for part, (low, high, items) in enumerate(spill.read()):
            derived = await asyncio.to_thread(fuse_items, items, len(people))
            rows: list[dict[str, Any]] = []
            if compared:
                rows = await _in_range(engine, "ties/stored", people, low, high)
            differences = compare(derived, read_stored(rows, people), as_of)
            for statement, batch in write_batches(differences, people):
                await hold.transact(_one_batch(statement, batch, as_of))
            report.add(differences)
            if progress is not None and (told := progress("ties", part + 1, spill.parts)) is not None:
                await told

    async def finish(tx: Transaction, _: Row) -> None:
        await tx.run("ties/set_month", as_of=as_of)

    await hold.transact(finish)


async def _start_afresh(hold: Hold) -> None:
    """From here on a crash means that everything is derived again, so nothing need be kept as pending."""

    async def forget(tx: Transaction, _: Row) -> None:
        await tx.run("ties/set_month", as_of=None)

    await hold.transact(forget)
    for statement, column in (
        ("ties/take_people", "ids"),
        ("ties/take_companies", "elements"),
        ("ties/take_projects", "elements"),
    ):
        while (await hold.engine.write(statement, limit=_ROWS_A_BATCH))[0][column]:
            pass


async def _gather(hold: Hold, people: People, as_of: int, spill: Spill) -> None:
    def history(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        places = Places.read(rows, people, as_of)
        for items in shared_history(places):
            spill.add(items)
        return places.sizes_used()

    engine = hold.engine
    async for rows in _batches(engine.stream("ties/places")):
        if sizes := await asyncio.to_thread(history, rows):
            await hold.transact(_one_batch("ties/remember_sizes", sizes, None))
    for low, high in spill.ranges():
        rows = await _in_range(engine, "ties/facts", people, low, high)
        facts: Items = await asyncio.to_thread(fact_items, rows, people, as_of)
        spill.add(facts)


async def _in_range(engine: Engine, statement: str, people: People, low: int, high: int) -> list[Row]:
    # A stream has no time limit of its own: a part of hubs may take long.
    ids = {"low": people.id_of(low), "high": people.id_of(high)}
    return [row async for row in engine.stream(statement, **ids)]


def _one_batch(
    statement: str, rows: list[dict[str, Any]], as_of: int | None
) -> Callable[[Transaction, Row], Awaitable[None]]:
    dated = {"as_of": as_of} if statement in ("ties/create", "ties/update") else {}

    async def work(tx: Transaction, _: Row) -> None:
        await tx.run(statement, rows=rows, **dated)

    return work


async def _batches(rows: AsyncIterator[Row]) -> AsyncIterator[list[Row]]:
    batch: list[dict[str, Any]] = []
    size = 0
    async for row in rows:
        batch.append(row)
        size += 1 + len(row["people"])
        if size >= _SPELLS_A_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
