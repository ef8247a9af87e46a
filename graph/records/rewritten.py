"""Nodes, identities and records written as they are without a run that is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from graph.engine.connection import Row, Transaction
from graph.records.codec import decode
from graph.records.history import History, Stretch
from graph.records.record_changes import Change, entities_of, naming_runs
from graph.records.refolding import named_keys
from graph.records.resolution import Node, Resolver, place, stored_identity
from graph.records.transfer import CREATE_NODES

__all__ = ["create_nodes", "element_of", "name_identities", "store_records"]


async def create_nodes(tx: Transaction, resolver: Resolver, changes: Sequence[Change]) -> dict[str, str]:
    """New nodes and identities; answers the elements of new nodes by id."""
    runs = naming_runs(changes)

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


async def store_records(
    tx: Transaction, changes: Sequence[Change], places: Mapping[str, Node], elements: Mapping[str, str]
) -> None:
    """Records as they are now, and their withdrawn stretches beside them."""
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
        rows[statement].append({"element": element_of(node, elements), "properties": properties})
    for statement, made in rows.items():
        if made:
            await tx.run(statement, rows=made)
    gone = [change.key for change in changes if change.before is not None and change.after is None]
    if gone:
        await tx.run("records/delete_records", keys=gone)
    moved = [change for change in changes if change.stretches or change.aside]
    if moved:
        await tx.run("records/delete_stretches", keys=[change.key for change in moved])
    kept = [
        {"properties": _aside(stretch), "elements": _told_of([stretch.history], places, elements)}
        for change in moved
        for stretch in change.aside
    ]
    if kept:
        await tx.run("records/keep_withdrawn", rows=kept)
    await _remember_told(tx, changes, places, elements)


async def _remember_told(
    tx: Transaction, changes: Sequence[Change], places: Mapping[str, Node], elements: Mapping[str, str]
) -> None:
    """Which nodes only earlier versions of the records tell of."""
    await tx.run("records/forget_told_of", keys=[change.key for change in changes])
    rows = []
    for change in changes:
        if change.after is not None:
            now = replace(change.after, versions=change.after.versions[-1:])
            told_of = _told_of([change.after], places, elements)
            rows += [
                {"key": change.key, "element": element}
                for element in sorted(set(told_of) - set(_told_of([now], places, elements)))
            ]
    if rows:
        await tx.run("records/told_of", rows=rows)


def _told_of(
    histories: Iterable[History], places: Mapping[str, Node], elements: Mapping[str, str]
) -> list[str]:
    """The elements of all nodes that these histories tell of, as far as they are stored."""
    found = set()
    for history in histories:
        for version in history.versions:
            for entity in entities_of(decode(version.said)):
                node = place(entity, places)
                if node is not None and (node.element or node.id in elements):
                    found.add(element_of(node, elements))
    return sorted(found)


def element_of(node: Node, elements: Mapping[str, str]) -> str:
    """The element of a stored node, or of one that was just made."""
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


async def name_identities(tx: Transaction, changes: Sequence[Change], run: str) -> None:
    """Note which runs name the identities now; mark those whose link the run alone had made."""
    runs = naming_runs(changes)
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
                    for entity in entities_of(decode(version.said)):
                        marked.update(entity.keys if len(entity.keys) > 1 else ())
    keys = {key for change in changes for history in change.histories() for key in named_keys(history)}
    rows = [{"key": key, "runs": sorted(runs.get(key, ())), "marked": key in marked} for key in sorted(keys)]
    await tx.run("records/rename_identities", rows=rows, run=run)
