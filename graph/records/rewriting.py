"""Records rewritten as if a run had never read them, with all that follows from them, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from graph.engine.connection import Engine, Transaction
from graph.model.entities import Entity
from graph.model.facts import TakenBack
from graph.model.kinds import FACT_TYPES
from graph.model.records import Record
from graph.privacy.screening import screened
from graph.records.codec import decode, encode
from graph.records.history import History, Version
from graph.records.record_changes import Change, entities_of, read_changes
from graph.records.refolding import Told, anchors_of, named_keys, read_histories, read_places, refold, told
from graph.records.resolution import Node, Resolver, place
from graph.records.rewritten import create_nodes, element_of, name_identities, store_records
from graph.records.showing import filled_from, show_again
from graph.records.stored_facts import SIZED_TYPES, FactTable, StoredFact, is_symmetric
from graph.records.transfer import apply_facts, drop_unsupported, load_facts, node_from
from graph.records.visibility import settle_visibility

__all__ = ["rewrite"]


async def rewrite(tx: Transaction, engine: Engine, keys: Sequence[str], run: str) -> Counter[str]:
    """Rewrite records as if `run` had never been; counts records `removed`, `restored` and `changed`."""
    changes = await read_changes(tx, keys, run)
    await _screen(tx, engine, changes)
    resolver = await _resolve(tx, changes)
    others = [change for change in changes if change.says_other]
    elements = await create_nodes(tx, resolver, changes)
    table = FactTable()
    spoken = (one for change in others for one in (change.before, change.after) if one is not None)
    await load_facts(tx, table, anchors_of(spoken, resolver.places))
    folded = await _fold(tx, table, others, resolver.places)
    ends = {handle for fact in folded for handle in (fact.start, fact.end)}
    await apply_facts(tx, table, elements)
    await store_records(tx, changes, resolver.places, elements)
    await name_identities(tx, changes, run)
    await _mark(tx, folded, elements)
    await _follow(tx, others, resolver.places, elements, ends, run)
    return _counted(changes)


async def _screen(tx: Transaction, engine: Engine, changes: Iterable[Change]) -> None:
    """Nobody who must not be stored comes back."""
    back = {one.key: one for one in changes if one.after is not None and one.says_other}
    if not back:
        return
    said = {key: [decode(version.said) for version in _after(one).versions] for key, one in back.items()}
    asked = {
        f"{place_}|{key}": record for key, records in said.items() for place_, record in enumerate(records)
    }
    names = {id(record): name for name, record in asked.items()}
    found, _lists = await screened(tx, engine, asked, lambda record: names.get(id(record), ""), write=False)
    for key, change in back.items():
        after = _after(change)
        versions = []
        for place_, version in enumerate(after.versions):
            record = found.records.get(f"{place_}|{key}")
            if record is not None:
                same = record == said[key][place_]
                versions.append(version if same else replace(version, said=encode(record)))
        change.after = replace(after, versions=tuple(versions)) if versions else None


def _after(change: Change) -> History:
    assert change.after is not None
    return change.after


async def _resolve(tx: Transaction, changes: Sequence[Change]) -> Resolver:
    """Nodes for all that the records say, made new where they are gone."""
    keys = {key for change in changes for history in change.histories() for key in named_keys(history)}
    by_element: dict[str, Node] = {}
    known: dict[str, Node] = {}
    for row in await tx.run("records/resolve", keys=sorted(keys)) if keys else ():
        node = node_from(row | {"label": row["key"].split(":", 1)[0].title()})
        known[row["key"]] = by_element.setdefault(row["element"], node)
    resolver = Resolver(known)
    statements = sorted(
        ((version.turn, change.key, change, version) for change in changes for version in _versions(change)),
        key=lambda one: one[:2],
    )
    former = await _former_nodes(tx, [change for _, _, change, _ in statements])
    for _turn, _key, change, version in statements:
        record = decode(version.said)
        main, node_id = record.entities[0], change.node_before()
        if (
            version is _after(change).now
            and change.before is None
            and node_id
            and place(main, resolver.places) is None
        ):
            node = former.setdefault(node_id, Node(main.LABEL, node_id, None, {}))
            resolver.adopt(main, node)
        for entity in entities_of(record) if version is _after(change).now else _held_entities(record):
            resolver.node_of(entity)
    return resolver


def _held_entities(record: Record) -> Iterator[Entity]:
    """The ends of what still holds of an earlier version: that somebody was seen somewhere on a date."""
    for fact in record.facts:
        spell = getattr(fact, "spell", None)
        if spell is not None and spell.as_of:
            yield from fact.ends()


async def _former_nodes(tx: Transaction, changes: Iterable[Change]) -> dict[str, Node]:
    """The nodes that records which come back were about, as far as they are still there."""
    ids = {change.node_before() for change in changes if change.before is None} - {""}
    rows = await tx.run("records/nodes_by_ids", ids=sorted(ids)) if ids else []
    return {row["properties"]["id"]: node_from(row) for row in rows}


def _versions(change: Change) -> tuple[Version, ...]:
    return change.after.versions if change.after and change.says_other else ()


async def _fold(
    tx: Transaction, table: FactTable, changes: Sequence[Change], places: Mapping[str, Node]
) -> list[StoredFact]:
    """Fold the facts that these records stated or will state; answers those that changed."""
    keys = {change.key for change in changes}
    records: dict[str, Sequence[Told]] = {
        change.key: told(change.after, places) for change in changes if change.after is not None
    }
    facts = {id(fact): fact for fact in table.stated_by(keys)}
    for version in (one for versions in records.values() for one in versions):
        for key, stated in version.facts.items():
            fact = table.expected(key, is_symmetric(stated[0]))
            facts[id(fact)] = fact
    others = {key for fact in facts.values() for key in fact.properties["sources"]} - keys
    histories = await read_histories(tx, others)
    everywhere = await read_places(tx, histories.values(), places)
    records |= {key: told(history, everywhere) for key, history in histories.items()}
    ordered = sorted(facts.values(), key=lambda fact: fact.type != TakenBack.TYPE)
    return refold(table, ordered, records, everywhere)


async def _follow(
    tx: Transaction,
    changes: Sequence[Change],
    places: Mapping[str, Node],
    elements: Mapping[str, str],
    ends: set[str],
    run: str,
) -> None:
    """What follows at the nodes: what they show, whether anything supports them, to whom they are known."""
    about = set(elements.values())
    mentioned: set[str] = set()
    for change in changes:
        if change.described is not None:
            about.add(change.described.handle)
        if change.after is not None:
            main, *others = (
                (one, node)
                for one in entities_of(decode(change.after.now.said))
                if (node := place(one, places)) is not None
            )
            about.add(element_of(main[1], elements))
            mentioned.update(element_of(node, elements) for one, node in others if _says_other(one, node))
    touched = (
        about
        | {elements.get(end, end) for end in ends}
        | {node.element for node in places.values() if node.element}
    )
    mentioned |= await filled_from(tx, touched, [change.key for change in changes])
    await show_again(tx, about)
    await drop_unsupported(tx, touched)
    await settle_visibility(tx, touched)
    # Many records mention a place: what it shows is chosen once, at the end.
    later = sorted(key for key, node in places.items() if node.element in mentioned - about)
    if later:
        await tx.run("records/mark_identities", keys=later, run=run)


def _says_other(entity: Entity, node: Node) -> bool:
    return any(node.properties.get(name) != value for name, value in entity.fields().items())


async def _mark(tx: Transaction, folded: Iterable[StoredFact], elements: Mapping[str, str]) -> None:
    """Ties are derived again at the people of changed facts, and at places whose size may be another now."""
    pending: set[str] = set()
    for fact in folded:
        if FACT_TYPES[fact.type].FEEDS_TIES:
            pending.update((fact.start, fact.end) if fact.type in SIZED_TYPES else (fact.start,))
    rows = [{"element": elements.get(end, end), "properties": {"pending": True}} for end in sorted(pending)]
    if rows:
        await tx.run("records/update_nodes", rows=rows)


def _counted(changes: Iterable[Change]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for change in changes:
        if change.before is None and change.after is not None:
            counts["restored"] += 1
        elif change.before is not None and change.after is None:
            counts["removed"] += 1
        elif change.says_other:
            counts["changed"] += 1
    return counts
