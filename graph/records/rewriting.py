"""Records rewritten as if a run had never read them, with all that follows from them, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from graph.engine.connection import Engine, Row, Transaction
from graph.model.entities import Entity
from graph.model.facts import TakenBack
from graph.model.kinds import FACT_TYPES
from graph.model.records import Record
from graph.privacy.screening import screened
from graph.records.codec import decode, encode
from graph.records.history import Completion, History, Stretch, Version, timeline
from graph.records.refolding import Told, anchors_of, named_keys, read_histories, read_places, refold, told
from graph.records.resolution import Node, Resolver, place, stored_identity
from graph.records.showing import filled_from, show_again
from graph.records.stored_facts import SIZED_TYPES, FactTable, StoredFact, is_symmetric
from graph.records.transfer import CREATE_NODES, apply_facts, drop_unsupported, load_facts, node_from
from graph.records.visibility import settle_visibility

__all__ = ["rewrite"]


@dataclass(slots=True)
class _Change:
    """One record: what is stored of it, and what would be."""

    key: str
    before: History | None
    described: Node | None
    stretches: list[Stretch]
    after: History | None = None
    aside: list[Stretch] = field(default_factory=list)

    @property
    def says_other(self) -> bool:
        """Whether anything but who read it again is different."""
        return _statements(self.before) != _statements(self.after)

    def histories(self) -> Iterator[History]:
        """All that was and will be known of it."""
        yield from (one.history for one in self.stretches)
        yield from (one.history for one in self.aside)
        yield from (one for one in (self.before, self.after) if one is not None)

    def node_before(self) -> str:
        """The id of the node that it was about when it was last withdrawn."""
        return self.stretches[-1].node if self.stretches else ""


def _statements(history: History | None) -> list[tuple[str, int, str | None, bool]]:
    versions = history.versions if history else ()
    return [(one.said, one.turn, one.private_to, one.verified) for one in versions]


async def rewrite(tx: Transaction, engine: Engine, keys: Sequence[str], run: str) -> Counter[str]:
    """Rewrite records as if `run` had never been; counts records `removed`, `restored` and `changed`."""
    changes = await _changes(tx, keys, run)
    await _screen(tx, engine, changes)
    resolver = await _resolve(tx, changes)
    others = [change for change in changes if change.says_other]
    elements = await _create(tx, resolver, changes)
    table = FactTable()
    spoken = (one for change in others for one in (change.before, change.after) if one is not None)
    await load_facts(tx, table, anchors_of(spoken, resolver.places))
    folded = await _fold(tx, table, others, resolver.places)
    ends = {handle for fact in folded for handle in (fact.start, fact.end)}
    await apply_facts(tx, table, elements)
    await _store_records(tx, changes, resolver.places, elements)
    await _name(tx, changes, run)
    await _mark(tx, folded, elements)
    await _follow(tx, others, resolver.places, elements, ends)
    return _counted(changes)


async def _changes(tx: Transaction, keys: Sequence[str], run: str) -> list[_Change]:
    stored = {row["key"]: row for row in await tx.run("records/described", keys=list(keys))}
    aside: dict[str, list[Stretch]] = {}
    for row in await tx.run("records/stretches", keys=list(keys)):
        stretch = _stretch(row["record"])
        aside.setdefault(stretch.history.key, []).append(stretch)
    changes = []
    for key in dict.fromkeys(keys):
        found_row = stored.get(key)
        before = History.from_properties(found_row["record"]) if found_row else None
        known = sorted(aside.get(key, ()), key=lambda one: one.history.versions[0].turn)
        changes.append(_Change(key, before, node_from(found_row) if found_row else None, known))
    completions = await _completions(tx, changes)
    for change in changes:
        stretches = list(change.stretches)
        if change.before is not None and change.described is not None:
            stretches.append(Stretch(change.before, node=change.described.id))
        found = timeline(stretches, completions, without=run)
        if found and found[-1].withdrawn is None:
            change.after = found.pop().history
        change.aside = found
    return changes


def _stretch(stored: Row) -> Stretch:
    history = History.from_properties(stored)
    withdrawn = Completion(0, stored["withdrawn_by"], stored["dataset"], stored["withdrawn_on"])
    return Stretch(history, withdrawn, stored.get("node") or "")


async def _completions(tx: Transaction, changes: Iterable[_Change]) -> list[Completion]:
    datasets = {
        reading.dataset
        for change in changes
        for history in change.histories()
        for version in history.versions
        for reading in version.readings
    }
    rows = await tx.run("records/completions", datasets=sorted(datasets))
    return [Completion(row["turn"], row["run"], row["dataset"], row["day"]) for row in rows]


async def _screen(tx: Transaction, engine: Engine, changes: Iterable[_Change]) -> None:
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


def _after(change: _Change) -> History:
    assert change.after is not None
    return change.after


async def _resolve(tx: Transaction, changes: Sequence[_Change]) -> Resolver:
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
        for entity in _entities(record) if version is _after(change).now else _held_entities(record):
            resolver.node_of(entity)
    return resolver


def _held_entities(record: Record) -> Iterator[Entity]:
    """The ends of what still holds of an earlier version: that somebody was seen somewhere on a date."""
    for fact in record.facts:
        spell = getattr(fact, "spell", None)
        if spell is not None and spell.as_of:
            yield from fact.ends()


async def _former_nodes(tx: Transaction, changes: Iterable[_Change]) -> dict[str, Node]:
    """The nodes that records which come back were about, as far as they are still there."""
    ids = {change.node_before() for change in changes if change.before is None} - {""}
    rows = await tx.run("records/nodes_by_ids", ids=sorted(ids)) if ids else []
    return {row["properties"]["id"]: node_from(row) for row in rows}


def _versions(change: _Change) -> tuple[Version, ...]:
    return change.after.versions if change.after and change.says_other else ()


def _entities(record: Record) -> Iterator[Entity]:
    yield from record.entities
    for fact in record.facts:
        yield from fact.ends()


# --- what is written ---


async def _create(tx: Transaction, resolver: Resolver, changes: Sequence[_Change]) -> dict[str, str]:
    """New nodes and identities; answers the elements of new nodes by id."""
    runs = _naming_runs(changes)

    def stored(node: Node) -> list[Row]:
        return [
            stored_identity(one, node.id, "") | {"runs": sorted(runs.get(one.key, ()))}
            for one in node.new_identities
        ]

    rows: dict[str, list[Row]] = {}
    for node in resolver.created:
        row = {
            "properties": {"id": node.id, "created_on": date.today().isoformat()},
            "identities": stored(node),
            "records": [],
        }
        rows.setdefault(node.label, []).append(row)
    elements: dict[str, str] = {}
    for label, made in rows.items():
        elements |= {row["id"]: row["element"] for row in await tx.run(CREATE_NODES[label], rows=made)}
    known = {id(node): node for node in resolver.places.values() if node.element and node.new_identities}
    added = [{"element": node.element, "properties": one} for node in known.values() for one in stored(node)]
    if added:
        await tx.run("records/create_identities", rows=added)
    return elements


def _naming_runs(changes: Iterable[_Change]) -> dict[str, set[str]]:
    """By identity key, the runs that stated the versions left which name it."""
    runs: dict[str, set[str]] = {}
    for change in changes:
        for history in (*(one.history for one in change.aside), *((change.after,) if change.after else ())):
            for version in history.versions:
                for entity in _entities(decode(version.said)):
                    for key in entity.keys:
                        runs.setdefault(key, set()).add(version.readings[0].run)
    return runs


async def _fold(
    tx: Transaction, table: FactTable, changes: Sequence[_Change], places: Mapping[str, Node]
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


async def _store_records(
    tx: Transaction, changes: Sequence[_Change], places: Mapping[str, Node], elements: Mapping[str, str]
) -> None:
    rows: dict[str, list[Row]] = {"records/create_records": [], "records/update_records": []}
    for change in changes:
        if change.after is None or change.after == change.before:
            continue
        node = place(decode(change.after.now.said).entities[0], places) or change.described
        assert node is not None
        properties = change.after.properties()
        if change.before is None:
            properties = {name: value for name, value in properties.items() if value is not None}
        statement = "records/create_records" if change.before is None else "records/update_records"
        rows[statement].append({"element": _element(node, elements), "properties": properties})
    for statement, made in rows.items():
        if made:
            await tx.run(statement, rows=made)
    gone = [change.key for change in changes if change.before is not None and change.after is None]
    if gone:
        await tx.run("records/delete_records", keys=gone)
    moved = [change for change in changes if change.stretches or change.aside]
    if moved:
        await tx.run("records/delete_stretches", keys=[change.key for change in moved])
    kept = [_aside(stretch) for change in moved for stretch in change.aside]
    if kept:
        await tx.run("records/keep_withdrawn", rows=kept)


def _element(node: Node, elements: Mapping[str, str]) -> str:
    return node.element or elements[node.id]


def _aside(stretch: Stretch) -> Row:
    assert stretch.withdrawn is not None
    stored = stretch.history.properties()
    return {name: value for name, value in stored.items() if value is not None} | {
        "id": f"{stretch.history.key}|{stretch.withdrawn.run}",
        "withdrawn_by": stretch.withdrawn.run,
        "withdrawn_on": stretch.withdrawn.day,
        "node": stretch.node,
    }


async def _name(tx: Transaction, changes: Sequence[_Change], run: str) -> None:
    """Note which runs name the identities now; mark those whose link the run alone had made."""
    runs = _naming_runs(changes)
    marked: set[str] = set()
    for change in changes:
        left = {
            version.said
            for history in (
                *(one.history for one in change.aside),
                *((change.after,) if change.after else ()),
            )
            for version in history.versions
        }
        for history in change.histories():
            for version in history.versions:
                if version.said not in left:
                    for entity in _entities(decode(version.said)):
                        marked.update(entity.keys if len(entity.keys) > 1 else ())
    keys = {key for change in changes for history in change.histories() for key in named_keys(history)}
    rows = [{"key": key, "runs": sorted(runs.get(key, ())), "marked": key in marked} for key in sorted(keys)]
    await tx.run("records/rename_identities", rows=rows, run=run)


async def _follow(
    tx: Transaction,
    changes: Sequence[_Change],
    places: Mapping[str, Node],
    elements: Mapping[str, str],
    ends: set[str],
) -> None:
    """What follows at the nodes: what they show, whether anything supports them, to whom they are known."""
    about: set[str] = set()
    for change in changes:
        if change.described is not None:
            about.add(change.described.handle)
        if change.after is not None:
            said = _entities(decode(change.after.now.said))
            about.update(_element(node, elements) for one in said if (node := place(one, places)))
    touched = (
        about
        | {elements.get(end, end) for end in ends}
        | {node.element for node in places.values() if node.element}
    )
    again = about | await filled_from(tx, touched, [change.key for change in changes])
    await show_again(tx, again)
    await drop_unsupported(tx, touched)
    await settle_visibility(tx, touched)


async def _mark(tx: Transaction, folded: Iterable[StoredFact], elements: Mapping[str, str]) -> None:
    """Ties are derived again at the people of changed facts, and at places whose size may be another now."""
    pending: set[str] = set()
    for fact in folded:
        if FACT_TYPES[fact.type].FEEDS_TIES:
            pending.update((fact.start, fact.end) if fact.type in SIZED_TYPES else (fact.start,))
    rows = [{"element": elements.get(end, end), "properties": {"pending": True}} for end in sorted(pending)]
    if rows:
        await tx.run("records/update_nodes", rows=rows)


def _counted(changes: Iterable[_Change]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for change in changes:
        if change.before is None and change.after is not None:
            counts["restored"] += 1
        elif change.before is not None and change.after is None:
            counts["removed"] += 1
        elif change.says_other:
            counts["changed"] += 1
    return counts
