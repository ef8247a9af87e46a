"""Writing records: one transaction a batch, in which all is read, planned and written, or nothing is."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from graph.engine.connection import Engine, Transaction
from graph.model.entities import Person
from graph.model.records import Record, Source
from graph.privacy.screening import Lists, Screened, screened
from graph.records.batch import Batch, record_key
from graph.records.codec import encode, hash_of
from graph.records.history import BY_HAND, MOST_READINGS, History
from graph.records.joining import join_known
from graph.records.outcome import Outcome
from graph.records.refolding import refold_stored
from graph.records.resolution import Node, Resolver, stored_identity
from graph.records.showing import filled_from, show_again
from graph.records.transfer import (
    CREATE_NODES,
    apply_facts,
    drop_unsupported,
    load_facts,
    node_from,
    read_said,
)
from graph.records.visibility import settle_visibility

__all__ = ["DryRun", "write_records"]

_PRETENDED = "dry:"


@dataclass(slots=True)
class DryRun:
    """Remembers, by hash, the identities a dry run would have created, so that later batches know them.

    `suppressed`: fingerprints it would have put on the list of people not to be stored, each with one that is on it.
    """

    claimed: set[int] = field(default_factory=set)
    suppressed: dict[str, str] = field(default_factory=dict)


async def write_records(
    engine: Engine,
    source: Source,
    records: Sequence[Record] | Callable[[Transaction], Awaitable[Sequence[Record]]],
    *,
    dry_run: DryRun | None = None,
    also: Callable[[Transaction, Outcome], Awaitable[None]] | None = None,
    left_out: Collection[str] = (),
) -> Outcome:
    """Write a batch (up to some thousands) of records; the same records again change nothing.

    Records that cannot be placed come back as conflicts and leave no trace; so do those about people who must not
    be stored, counted `suppressed`. Records that depend on what is stored are made by a function, within the
    transaction, when nobody else writes. `also` runs in the same transaction once all is written (an import notes
    there how far it has come). With `dry_run`, everything is computed and nothing is written. `left_out`: people
    counted suppressed before, who are not counted again.
    """

    async def work(tx: Transaction) -> Outcome:
        turn = 0 if dry_run is not None else (await tx.run("records/lock"))[0]["turn"]
        made = await records(tx) if callable(records) else records
        unique = {record_key(source, record): record for record in made}
        found, lists = await screened(
            tx,
            engine,
            unique,
            lambda record: record_key(source, record),
            write=dry_run is None,
            learned=dry_run.suppressed if dry_run else None,
        )
        batch = await _plan(tx, Batch(source, turn), dict(found.records), dry_run)
        _count_left_out(batch.outcome, found, left_out)
        _keep_objections(batch, lists)
        if dry_run is None:
            await _apply(tx, batch)
            if batch.datasets or batch.planned:
                await _note_reading(tx, source, batch.datasets)
            if also is not None:
                await also(tx, batch.outcome)
        else:
            dry_run.suppressed.update(found.learned)
        return batch.outcome

    return await (engine.transact(work) if dry_run is None else engine.snapshot(work))


async def _plan(tx: Transaction, batch: Batch, records: dict[str, Record], dry_run: DryRun | None) -> Batch:
    source = batch.source
    batch.order = {key: place for place, key in enumerate(records)}
    known = {row["key"]: row for row in await tx.run("records/known", keys=sorted(records))}
    texts = {key: encode(record) for key, record in records.items()}
    same = {
        key: None
        for key in records
        if key in known
        and known[key]["hash"] == hash_of(texts[key])
        and known[key]["private_to"] == source.private_to
    }
    batch.unchanged(records[key] for key in same)
    if same and dry_run is None:
        rows = [{"key": key, "reading": batch.reading(key)} for key in same]
        await tx.run("records/seen", rows=rows, run=source.run, dataset=source.dataset, most=MOST_READINGS)
    batch.datasets = {row["dataset"] for row in known.values()}
    rest = [(key, record, texts[key], key not in known) for key, record in records.items() if key not in same]
    if not rest:
        return batch
    nodes = await _known_nodes(tx, rest, dry_run)
    described_here = (entity for _, record, _, _ in rest for entity in record.entities)
    apart = await join_known(tx, described_here, nodes, run=source.run, write=dry_run is None)
    batch.resolve(rest, Resolver(nodes, apart))
    changed = [planned.key for planned in batch.planned if not planned.is_new]
    described = await tx.run("records/described", keys=changed) if changed else []
    for row in described:
        batch.nodes.setdefault(row["element"], node_from(row))
        batch.former.add((row["key"], row["element"]))
        batch.was_about[row["key"]] = row["element"]
        batch.past[row["key"]] = History.from_properties(row["record"])
    anchors = {a for a in batch.anchors() if not a.startswith(_PRETENDED)} | {
        row["element"] for row in described
    }
    await load_facts(tx, batch.facts, anchors)
    batch.plan_facts()
    if batch.facts.unsettled():
        await refold_stored(tx, batch.facts, batch.histories(), batch.places)
    mains = {p.main.element for p in batch.planned if p.says_something} | {
        row["element"] for row in described
    }
    said = await read_said(tx, {e for e in mains if e and not e.startswith(_PRETENDED)}, without=set(changed))
    batch.plan_display(said, {row["key"]: json.loads(row["fields"]) for row in described})
    if dry_run is not None:
        dry_run.claimed.update(hash(i.key) for node in batch.created for i in node.new_identities)
    return batch


async def _note_reading(tx: Transaction, source: Source, before: set[str]) -> None:
    """What the run read can be found again by its datasets; `before`: those that held these records so far."""
    if source.run == BY_HAND:
        return
    await tx.run(
        "records/note_reading",
        id=f"{source.run}|{source.dataset}",
        run=source.run,
        dataset=source.dataset,
    )
    if moved := before - {source.dataset}:
        await tx.run("records/move_readings", datasets=sorted(moved), dataset=source.dataset)


def _count_left_out(outcome: Outcome, found: Screened, before: Collection[str]) -> None:
    outcome.left_out = set(found.people.difference(before))
    for label, number in found.dropped.items():
        outcome.count(label, "suppressed", number)
    if outcome.left_out:
        outcome.count(Person.LABEL, "suppressed", len(outcome.left_out))
    outcome.conflicts = [
        replace(one, record_key=found.renamed.get(one.record_key, one.record_key))
        for one in outcome.conflicts
    ]


def _keep_objections(batch: Batch, lists: Lists) -> None:
    """Whoever objected stays out of all paths when they are met again as somebody new."""
    for node in batch.nodes.values():
        if node.new_identities and lists.objects(identity.key for identity in node.new_identities):
            node.changes["objected"] = True


async def _known_nodes(
    tx: Transaction, rest: Sequence[tuple[str, Record, str, bool]], dry_run: DryRun | None
) -> dict[str, Node]:
    keys = {key for _, record, _, _ in rest for entity in record.entities for key in entity.keys}
    keys |= {
        key for _, record, _, _ in rest for fact in record.facts for end in fact.ends() for key in end.keys
    }
    by_element: dict[str, Node] = {}
    found: dict[str, Node] = {}
    for row in await tx.run("records/resolve", keys=sorted(keys)):
        node = by_element.setdefault(
            row["element"], node_from(row | {"label": row["key"].split(":", 1)[0].title()})
        )
        found[row["key"]] = node
        node.named_by[row["key"]] = row["named_by"]
    namesakes = _namesakes(rest, found)
    if namesakes:
        for row in await tx.run("records/identities_of", elements=sorted(namesakes)):
            for _, system, value in (key.split(":", 2) for key in row["keys"]):
                by_element[row["element"]].values.setdefault(system, set()).add(value)
    if dry_run is not None:
        for key in keys - found.keys():
            if hash(key) in dry_run.claimed:
                label = key.split(":", 1)[0].title()
                found[key] = Node(label, key, f"{_PRETENDED}{key}", {"name": "known"})
    return found


async def _apply(tx: Transaction, batch: Batch) -> None:
    elements: dict[str, str] = {}
    for label, rows in batch.new_nodes().items():
        created = await tx.run(CREATE_NODES[label], rows=rows)
        elements |= {row["id"]: row["element"] for row in created}
    identities = [
        {"element": node.element, "properties": stored_identity(identity, node.id, batch.source.run)}
        for node in batch.nodes.values()
        if node.element
        for identity in node.new_identities
    ]
    if identities:
        await tx.run("records/create_identities", rows=identities)
    named = batch.newly_named()
    if named:
        await tx.run("records/name_identities", keys=named, run=batch.source.run, most=MOST_READINGS)
    for is_new, statement in ((True, "records/create_records"), (False, "records/update_records")):
        # The records of a new node are created with it.
        rows = [
            {"element": elements.get(p.main.id, p.main.element), "properties": batch.source_record(p)}
            for p in batch.planned
            if p.is_new is is_new and (p.main.element or not is_new)
        ]
        if rows:
            await tx.run(statement, rows=rows)
    await apply_facts(tx, batch.facts, elements)
    changed = batch.changed_nodes()
    if changed:
        await tx.run("records/update_nodes", rows=changed)
    hidden = [
        elements.get(node.id) or node.element for node in batch.nodes.values() if _may_be_hidden(batch, node)
    ]
    # A node that only the former content of a record mentioned is gone with it.
    left = {end for fact in batch.facts.deleted() for end in (fact.start, fact.end)}
    left |= {element for _, element in batch.former}
    left -= {node.id for node in batch.created}
    behind = sorted((key, element) for key, element in batch.left_behind() if element in left)
    if behind:
        await tx.run("records/told_of", rows=[{"key": key, "element": element} for key, element in behind])
    again = await filled_from(tx, {one for _, one in behind}, batch.past) | batch.shown_again
    if again:
        await show_again(tx, again)
    for label in await drop_unsupported(tx, left):
        batch.outcome.count(label, "withdrawn")
    if shared := batch.shared_otherwise():
        # What they said of others before is known to others now.
        left |= {row["element"] for row in await tx.run("records/told_of_nodes", keys=shared)}
    await settle_visibility(tx, left.union(element for element in hidden if element))


def _may_be_hidden(batch: Batch, node: Node) -> bool:
    """Whether writing the batch may change to whom a person is known: new shared ones are known to all as it is."""
    private = batch.source.private_to is not None
    return node.label == Person.LABEL and (private or bool(node.properties.get("known_to")))


def _namesakes(rest: Sequence[tuple[str, Record, str, bool]], found: dict[str, Node]) -> set[str]:
    """Known nodes that a name points at although the description has an identity of its own, not known yet."""
    elements: set[str] = set()
    for entity in (entity for _, record, _, _ in rest for entity in record.entities):
        names = [i.key for i in entity.identities if i.system == "name" and i.key in found]
        others = [i.key for i in entity.identities if i.system != "name"]
        if names and others and not any(key in found for key in others):
            elements.update(element for key in names if (element := found[key].element))
    return elements
