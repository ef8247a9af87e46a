"""Taking back what one run stated: what is left is as if it had never run.

A run's records are found by the datasets that it read. Their histories without it (`history.timeline`) say which
records go, come back or say again what they said before; facts are folded anew from them, what is shown is chosen
again, and nodes that nothing supports are gone. Identities that only the run named go last, and nodes that only it
joined part. All is done in batches, each in one transaction that takes the run off its records: whatever a dead
process left behind is found again and done.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from itertools import islice

from graph.engine.connection import Engine, Transaction
from graph.records.decisions import Decision, end_decisions
from graph.records.parting import part_where_unlinked
from graph.records.rewriting import rewrite
from graph.records.showing import show_again
from graph.records.transfer import node_from

__all__ = ["Note", "take_back"]

_BATCH = 300
_NODES = 50

Note = Callable[[Transaction, Counter[str]], Awaitable[None]]


async def take_back(
    engine: Engine, run: str, *, also: Note, done: Counter[str] | None = None
) -> Counter[str]:
    """Take back all that `run` stated, withdrew and joined; ties are left to be derived again.

    `also` runs in each transaction with what was done so far: records `removed`, `changed` and `restored`, and
    people and other nodes `parted`. `done`: what an interrupted attempt had done.
    """
    counts = Counter(done or {})
    datasets = [row["dataset"] for row in await engine.read("records/readings_of_run", run=run)]
    async for keys in _keys(engine, run, datasets):

        async def work(
            tx: Transaction, keys: Sequence[str] = keys, before: Counter[str] = counts
        ) -> Counter[str]:
            await tx.run("records/lock")
            found = before + await rewrite(tx, engine, keys, run)
            await also(tx, found)
            return found

        counts = await engine.transact(work)
    while (found := await _look_at_identities(engine, run, counts, also)) is not None:
        counts = found
    await engine.write("matching/forget_run", run=run)
    await engine.write("records/delete_readings", run=run)
    return counts


async def _keys(engine: Engine, run: str, datasets: Sequence[str]) -> AsyncIterator[list[str]]:
    """The keys of the run's records in batches, read whole before the first is changed."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as listed:
        for dataset in datasets:
            async for row in engine.stream("records/keys_of_run", run=run, dataset=dataset):
                listed.write(f"{row['key'].encode('unicode_escape').decode('ascii')}\n")
        listed.seek(0)
        lines = (line[:-1].encode("ascii").decode("unicode_escape") for line in listed)
        while keys := list(islice(lines, _BATCH)):
            yield keys


async def _look_at_identities(
    engine: Engine, run: str, counts: Counter[str], also: Note
) -> Counter[str] | None:
    """Some of the nodes that the run may have joined, or named alone; None when there are no more."""

    async def work(tx: Transaction) -> Counter[str] | None:
        await tx.run("records/lock")
        merges = [
            Decision.from_properties(row["decision"])
            for row in await tx.run("records/decisions_of_run", run=run)
        ]
        standing = [merge for merge in merges if not merge.ended]
        if standing:
            keys = sorted({key for merge in standing for key in (merge.a, merge.b, *merge.keys)})
            await tx.run("records/mark_identities", keys=keys, run=run)
            await end_decisions(tx, (merge.id for merge in standing))
        rows = await tx.run("records/undone_identities", run=run, limit=_NODES)
        if not rows:
            for merge in merges:
                await tx.run("records/delete_decision", id=merge.id)
            return None
        parted = 0
        for row in rows:
            parted += await part_where_unlinked(tx, node_from(row), run, merges)
            await tx.run("records/looked_at", keys=row["keys"])
        await show_again(tx, [row["element"] for row in rows])
        found = counts + Counter({"parted": parted})
        await also(tx, found)
        return found

    return await engine.transact(work)
