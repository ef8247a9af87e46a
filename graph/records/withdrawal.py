"""Taking back what a source states no more: its records, their facts, and nodes that nothing supports."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from typing import Any

from graph.engine.connection import Engine, Row, Transaction
from graph.model.records import Source
from graph.records.batch import Batch
from graph.records.codec import decode
from graph.records.history import BY_HAND, KEPT_DAYS, TURNS, History, Version
from graph.records.outcome import Outcome
from graph.records.refolding import anchors_of, read_places, refold_stored
from graph.records.showing import filled_from, show_again
from graph.records.transfer import apply_facts, drop_unsupported, load_facts, node_from, read_said
from graph.records.visibility import settle_visibility

__all__ = ["count_unseen", "forget_withdrawn", "withdraw_records", "withdraw_unseen"]

_BATCH = 1000


async def withdraw_unseen(
    engine: Engine,
    source: Source,
    *,
    also: Callable[[Transaction, Outcome], Awaitable[None]] | None = None,
) -> Outcome:
    """Withdraw the records of `source.dataset` that the run `source.run` did not read.

    Call it once a file has been read to its end without refusals: what is gone from the file is gone as a
    source. A fact without a source left is removed, and so is a node that no record describes and no fact
    mentions any more. `also` runs in each transaction with all that was withdrawn so far.
    """
    total = Outcome()
    while True:

        async def work(tx: Transaction) -> tuple[int, Outcome]:
            turn = (await tx.run("records/lock"))[0]["turn"]
            await tx.run(
                "records/complete_reading",
                id=f"{source.run}|{source.dataset}",
                run=source.run,
                dataset=source.dataset,
                turn=turn * TURNS,
                day=date.today().isoformat(),
            )
            rows = await tx.run("records/unseen", dataset=source.dataset, run=source.run, limit=_BATCH)
            outcome = await _withdraw(tx, source, rows)
            if also is not None:
                so_far = Outcome()
                so_far.add(total)
                so_far.add(outcome)
                await also(tx, so_far)
            return len(rows), outcome

        found, outcome = await engine.transact(work)
        total.add(outcome)
        if found < _BATCH:
            return total


async def count_unseen(engine: Engine, dataset: str) -> int:
    """How many records a dataset holds: what a dry run compares its own rows with."""
    rows = await engine.read("records/count_of_dataset", dataset=dataset)
    return int(rows[0]["records"])


async def withdraw_records(engine: Engine, source: Source, keys: Sequence[str]) -> Outcome:
    """Withdraw records by their stored keys."""

    async def work(tx: Transaction) -> Outcome:
        await tx.run("records/lock")
        return await _withdraw(tx, source, await tx.run("records/described", keys=list(keys)))

    return await engine.transact(work)


async def forget_withdrawn(engine: Engine, today: date) -> int:
    """Delete what was withdrawn longer ago than an import can be undone exactly (`KEPT_DAYS`); answers how much."""
    before = (today - timedelta(days=KEPT_DAYS)).isoformat()
    forgotten: int = 0
    while True:
        (row,) = await engine.write("records/forget_withdrawn", before=before, limit=_BATCH)
        forgotten += int(row["forgotten"])
        if row["forgotten"] < _BATCH:
            return forgotten


async def _withdraw(tx: Transaction, source: Source, rows: Sequence[Row]) -> Outcome:
    batch = Batch(source)
    if not rows:
        return batch.outcome
    keys = [row["key"] for row in rows]
    retracted: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        batch.nodes.setdefault(row["element"], node_from(row))
        retracted.setdefault(row["element"], []).append(json.loads(row["fields"]))
    elements = set(batch.nodes)
    await load_facts(tx, batch.facts, elements | await _elsewhere(tx, rows))
    left = elements | {end for fact in batch.facts.stated_by(keys) for end in (fact.start, fact.end)}
    for key in keys:
        batch.gone(batch.facts.no_longer_stated(key, (), keep_as_of=False))
    for fact in await refold_stored(tx, batch.facts, {}, {}):
        batch.pending.add(fact.start)
    said = await read_said(tx, elements, without=set(keys))
    for element, node in batch.nodes.items():
        batch.show(node, said.get(element, ()), retracted[element])
        said_still = {name for one in said.get(element, ()) for name in one.fields}
        if any(fields.keys() - said_still for fields in retracted[element]):
            batch.shown_again.add(element)
    await apply_facts(tx, batch.facts, {})
    await _keep_aside(tx, source, rows)
    await tx.run("records/delete_records", keys=keys)
    changed = batch.changed_nodes()
    if changed:
        await tx.run("records/update_nodes", rows=changed)
    again = await filled_from(tx, left, keys) | batch.shown_again
    if again:
        await show_again(tx, again)
    for label in await drop_unsupported(tx, left):
        batch.outcome.count(label, "withdrawn")
    weakened = {end for fact in batch.facts.updated() for end in (fact.start, fact.end)}
    await settle_visibility(tx, left | weakened)
    return batch.outcome


async def _keep_aside(tx: Transaction, source: Source, rows: Sequence[Row]) -> None:
    """What an import withdraws comes back when that import is undone."""
    if source.run == BY_HAND:
        return
    withdrawn = {"withdrawn_by": source.run, "withdrawn_on": date.today().isoformat()}
    told = await tx.run("records/told_of_nodes", keys=[row["key"] for row in rows])
    kept = [
        {
            "properties": row["record"]
            | withdrawn
            | {"id": f"{row['key']}|{source.run}", "node": row["properties"]["id"]},
            "elements": sorted(
                {row["element"], *(one["element"] for one in told if one["key"] == row["key"])}
            ),
        }
        for row in rows
        if row["record"].get("said")
    ]
    if kept:
        await tx.run("records/keep_withdrawn", rows=kept)


async def _elsewhere(tx: Transaction, rows: Sequence[Row]) -> set[str]:
    """Nodes at which facts of these records may be, besides those that the records are about."""
    histories = [History.from_properties(row["record"]) for row in rows]
    strays = [one for one in histories if len(one.versions) > 1 or any(map(_strays, one.versions))]
    return anchors_of(strays, await read_places(tx, strays, {})) if strays else set()


def _strays(version: Version) -> bool:
    record = decode(version.said)
    return any(record.entities[0] not in fact.ends() for fact in record.facts)
