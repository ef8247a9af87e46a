"""Facts stated again from what their records say, in the order in which it was said.

What is stored of a fact follows from its records alone: of several statements the newest counts, and a spell seen on
dates reaches from the first to the last of them. When a record stops stating a fact that others state too, or its
history changes, the fact is folded anew from the histories that are left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from graph.engine.connection import Transaction
from graph.model.facts import Fact
from graph.model.records import Record
from graph.records.codec import decode
from graph.records.history import History, Version
from graph.records.resolution import Node, place
from graph.records.stored_facts import FactKey, FactTable, StoredFact, is_symmetric
from graph.records.transfer import node_from

__all__ = [
    "Told",
    "anchors_of",
    "named_keys",
    "read_histories",
    "read_places",
    "refold",
    "refold_stored",
    "told",
]


class Told(NamedTuple):
    """One version of a record read back, with its facts by the nodes that they join."""

    version: Version
    facts: Mapping[FactKey, list[Fact]]


class _Statement(NamedTuple):
    """What a record says of a fact at a turn; `fact` None: that, as far as it can see, it holds no longer."""

    turn: int
    ends: bool
    key: str
    fact: Fact | None
    version: Version


def told(history: History, places: Mapping[str, Node]) -> list[Told]:
    """All that a record said, version after version."""
    found = []
    for version in history.versions:
        facts: dict[FactKey, list[Fact]] = {}
        for fact in decode(version.said).facts:
            start, end = (place(one, places) for one in fact.ends())
            if start is None or end is None or start is end:
                continue
            ends = [(start.handle, end.handle)]
            if is_symmetric(fact):
                ends.append((end.handle, start.handle))
            for a, b in ends:
                facts.setdefault((fact.TYPE, a, b, fact.natural_key()), []).append(fact)
        found.append(Told(version, facts))
    return found


def refold(
    table: FactTable,
    facts: Iterable[StoredFact],
    records: Mapping[str, Sequence[Told]],
    places: Mapping[str, Node],
) -> list[StoredFact]:
    """Fold facts anew from the records that state them; returns those that say something else now, or are gone.

    `records`: by key, whatever can state one of the facts; a record that is not there states none.
    """
    changed = []
    for fact in facts:
        statements = sorted(
            (one for key, versions in records.items() for one in _statements(key, versions, fact)),
            key=lambda one: (one.turn, one.ends),
        )
        if table.replace(fact, _played(table, statements, places)):
            changed.append(fact)
    return changed


async def refold_stored(
    tx: Transaction, table: FactTable, known: Mapping[str, History], places: Mapping[str, Node]
) -> list[StoredFact]:
    """Fold anew what the table lost a source of; histories and nodes that are not `known` yet are read."""
    facts = table.unsettled()
    if not facts:
        return []
    keys = {source for fact in facts for source in fact.properties["sources"]}
    histories = {key: known[key] for key in keys if key in known}
    histories |= await read_histories(tx, keys - histories.keys())
    everywhere = await read_places(tx, histories.values(), places)
    records = {key: told(history, everywhere) for key, history in histories.items()}
    return refold(table, facts, records, everywhere)


async def read_histories(tx: Transaction, keys: Iterable[str]) -> dict[str, History]:
    """The histories of stored records."""
    wanted = sorted(set(keys))
    rows = await tx.run("records/histories", keys=wanted) if wanted else []
    return {row["record"]["key"]: History.from_properties(row["record"]) for row in rows}


async def read_places(
    tx: Transaction, histories: Iterable[History], known: Mapping[str, Node]
) -> dict[str, Node]:
    """The nodes behind all identity keys that occur in these histories, `known` ones as they are."""
    keys = {key for history in histories for key in named_keys(history)} - known.keys()
    places = dict(known)
    by_element = {node.handle: node for node in known.values()}
    for row in await tx.run("records/resolve", keys=sorted(keys)) if keys else ():
        label = row["key"].split(":", 1)[0].title()
        places[row["key"]] = by_element.setdefault(row["element"], node_from(row | {"label": label}))
    return places


def anchors_of(histories: Iterable[History], places: Mapping[str, Node]) -> set[str]:
    """Known nodes at which all facts are that these records ever stated: a record's own, or where a fact starts."""
    wanted: set[str] = set()
    for history in histories:
        for version in history.versions:
            record = decode(version.said)
            main = place(record.entities[0], places)
            for fact in record.facts:
                ends = [place(end, places) for end in fact.ends()]
                anchor = main if main in ends else ends[0]
                if anchor is not None and anchor.element:
                    wanted.add(anchor.element)
    return wanted


def named_keys(history: History) -> set[str]:
    """All identity keys that a record names, now or before."""
    return {key for version in history.versions for key in _keys_of(decode(version.said))}


def _keys_of(record: Record) -> Iterator[str]:
    for entity in record.entities:
        yield from entity.keys
    for fact in record.facts:
        for end in fact.ends():
            yield from end.keys


def _statements(key: str, versions: Sequence[Told], fact: StoredFact) -> Iterator[_Statement]:
    """What a record says of a fact: now, and of a spell seen on dates also before."""
    holds = False
    for place_, (version, facts) in enumerate(versions):
        said = facts.get(fact.key, [])
        if not said:
            if holds:
                yield _Statement(version.turn, True, key, None, version)
            holds = False
        elif place_ == len(versions) - 1 or _as_of(said[0]):
            for each in said:
                yield _Statement(version.turn, False, key, each, version)
            holds = True


def _played(
    table: FactTable, statements: Iterable[_Statement], places: Mapping[str, Node]
) -> StoredFact | None:
    scratch = FactTable()
    found = None
    for turn, _, key, fact, version in statements:
        if fact is None:
            scratch.no_longer_stated(key, (), keep_as_of=True)
            continue
        start, end = (place(one, places) for one in fact.ends())
        assert start is not None and end is not None, turn
        if version.verified or not table.taken_back(fact, start.handle, end.handle):
            found, _change = scratch.state(fact, start.handle, end.handle, key, version.private_to)
    return found


def _as_of(fact: Fact) -> bool:
    spell = getattr(fact, "spell", None)
    return spell is not None and spell.as_of
