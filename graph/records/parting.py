"""Nodes that nothing links any more part again: what a run alone joined, once that run is taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

from uuid_utils import uuid7

from graph.engine.connection import Row, Transaction
from graph.records.codec import decode
from graph.records.decisions import Decision
from graph.records.history import History
from graph.records.refolding import read_histories
from graph.records.resolution import Node
from graph.records.splitting import part_nodes
from graph.records.transfer import drop_unsupported

__all__ = ["part_where_unlinked"]

_BATCH = 500


class _Groups:
    """Identity keys in groups that grow together; each remembers when one of it was first named."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._group = {key: {key} for key in keys}
        self.first: dict[str, int] = {}

    def link(self, keys: Iterable[str]) -> None:
        known = [key for key in keys if key in self._group]
        for key in known[1:]:
            a, b = self._group[known[0]], self._group[key]
            if a is not b:
                a |= b
                for each in b:
                    self._group[each] = a

    def name(self, keys: Iterable[str], turn: int) -> None:
        for key in keys:
            if key in self._group:
                self.first[key] = min(turn, self.first.get(key, turn))

    def found(self) -> list[set[str]]:
        return list({id(group): group for group in self._group.values()}.values())


async def part_where_unlinked(tx: Transaction, node: Node, run: str, merges: Sequence[Decision]) -> int:
    """Drop a node's identities that nobody names, and part it where nothing links what is left.

    `merges`: what matching had decided in the run that is taken back. Answers how many nodes left it.
    """
    rows = await _without_the_unnamed(tx, node, run)
    homes = {row["key"]: row["home"] for row in rows if not _is_alias(row["key"])}
    if len(homes) < 2:
        return 0
    groups = _Groups(homes)
    groups.link(row["key"] for row in rows if row["key"] in homes and "" in row["runs"])
    for row in await tx.run("records/sames_of", keys=sorted(homes)):
        decision = Decision.from_properties(row["decision"])
        groups.link((decision.a, decision.b, *decision.keys))
    async for history in _histories(tx, node):
        for version in history.versions:
            record = decode(version.said)
            for entity in (*record.entities, *(end for fact in record.facts for end in fact.ends())):
                groups.link(entity.keys)
                groups.name(entity.keys, version.turn)
        if len(groups.found()) == 1:
            return 0
    return await _part(tx, node, homes, groups, merges)


async def _part(
    tx: Transaction, node: Node, homes: Mapping[str, str | None], groups: _Groups, merges: Sequence[Decision]
) -> int:
    def rank(group: set[str]) -> tuple[bool, int]:
        turns = [groups.first[key] for key in group if key in groups.first]
        return node.id not in {homes[key] for key in group}, min(turns, default=2**62)

    _stays, *leaving = sorted(groups.found(), key=rank)
    for group in leaving:
        former = {homes[key] for key in group} - {None, node.id}
        merge = next((one for one in merges if one.other in former), None)
        wanted = merge.other if merge else min((str(one) for one in former), default="")
        taken = not wanted or await tx.run("records/nodes_by_ids", ids=[wanted])
        parted = await part_nodes(tx, node, group, str(uuid7()) if taken else wanted, merge)
        await drop_unsupported(tx, {parted.handle})
    await drop_unsupported(tx, {node.handle})
    return len(leaving)


async def _without_the_unnamed(tx: Transaction, node: Node, run: str) -> list[Row]:
    """The identities of a node, once those that nobody names any more are gone."""
    rows = await tx.run("records/homes_of", elements=[node.handle])
    gone = [row["key"] for row in rows if not set(row["runs"]) - {run}]
    if gone:
        await tx.run("records/delete_identities", keys=gone)
        if len(gone) == len(rows):
            await drop_unsupported(tx, {node.handle})
    return [row for row in rows if row["key"] not in gone]


async def _histories(tx: Transaction, node: Node) -> AsyncIterator[History]:
    """All that was said of a node: by its records, by those that state facts at it, by withdrawn ones."""
    rows = await tx.run("records/shown_from", elements=[node.handle])
    stating = {key for row in rows for keys in row["sources"] for key in keys or ()}
    stating |= {row["key"] for row in await tx.run("records/said", elements=[node.handle])}
    stating |= {row["key"] for row in await tx.run("records/told_of_before", elements=[node.handle])}
    keys = sorted(stating)
    for start in range(0, len(keys), _BATCH):
        for history in (await read_histories(tx, keys[start : start + _BATCH])).values():
            yield history
    for row in await tx.run("records/withdrawn_at", elements=[node.handle]):
        yield History.from_properties(row["record"])


def _is_alias(key: str) -> bool:
    return key.split(":", 2)[1] == "liaison"
