"""Two nodes that turn out to be one: a record carries an identity of each, and equal identities are one person.

Two nodes that hold different identities of one system (two LinkedIn pages, two ids of one CRM) are never
joined by a file: the record is refused, and a human decides. Two that a human keeps apart are not joined either: the
record is about the one whose page or id it carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.engine.connection import Transaction
from graph.model.entities import Entity, Person
from graph.model.identities import Identity
from graph.model.kinds import NODE_KINDS
from graph.records.decisions import are_apart
from graph.records.display import FIELD_NAMES
from graph.records.regrouping import regroup
from graph.records.resolution import PLURAL_SYSTEMS, Node, stored_identity

__all__ = ["contradicting_systems", "identity_keys", "join_known", "join_nodes", "marks_of"]

# What a node has besides its fields and is derived from them, or its own.
_DERIVED = frozenset({"id", "created_on", "pending", "unmatched", "filled", "known_to"})


async def join_known(
    tx: Transaction, entities: Iterable[Entity], known: dict[str, Node], *, run: str, write: bool
) -> set[frozenset[str]]:
    """Join the known nodes that one description's identities prove to be one; `known` is brought up to date.

    Without `write` (a dry run) only `known` changes. Answers the pairs of nodes, by handle, that are kept apart.
    """
    apart: set[frozenset[str]] = set()
    for entity in entities:
        strong = [i.key for i in entity.identities if i.system != "name" and i.key in known]
        if len({id(known[key]) for key in strong}) < 2:
            continue
        kept, *others = dict.fromkeys(known[key] for key in strong)
        for other in others:
            keys, more = await identity_keys(tx, kept), await identity_keys(tx, other)
            if await are_apart(tx, keys, more):
                apart.add(frozenset((kept.handle, other.handle)))
                continue
            if contradicting_systems(keys, more):
                continue
            if write:
                await join_nodes(tx, kept, other, run=run)
                shown = await tx.run("records/shown", elements=[kept.handle])
                kept.properties = shown[0]["properties"]
            else:
                kept.properties = {**other.properties, **kept.properties}
            for key, node in known.items():
                if node is other:
                    known[key] = kept
            for system, values in other.values.items():
                kept.values.setdefault(system, set()).update(values)
            kept.named_by |= other.named_by
    return apart


async def identity_keys(tx: Transaction, node: Node) -> list[str]:
    """The keys of a node's identities."""
    rows = await tx.run("records/identities_of", elements=[node.handle])
    return sorted(key for row in rows for key in row["keys"])


def contradicting_systems(a: Iterable[str], b: Iterable[str]) -> list[str]:
    """The systems of which both have an identity, and none in common: two LinkedIn pages, two ids of one CRM."""
    first, second = _values(a), _values(b)
    return sorted(system for system in first.keys() & second.keys() if not first[system] & second[system])


def _values(keys: Iterable[str]) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for key in keys:
        _, system, value = key.split(":", 2)
        if system not in PLURAL_SYSTEMS:
            values.setdefault(system, set()).add(value)
    return values


def marks_of(node: Node) -> dict[str, Any]:
    """What was noted at a node itself: neither stated by records nor derived (that somebody objected)."""
    names = FIELD_NAMES[node.label] | _DERIVED
    return {
        name: value
        for name, value in node.properties.items()
        if name not in names and not name.startswith(("search_", "derived_", "match_"))
    }


async def join_nodes(tx: Transaction, kept: Node, other: Node, *, run: str) -> list[str]:
    """Let `other` become `kept`, whose id stays; the old id keeps answering as an identity of `kept`.

    Answers the ids of the introductions that named the other.
    """
    keys = [*await identity_keys(tx, kept), *await identity_keys(tx, other)]
    await regroup(tx, [kept, other], dict.fromkeys(keys, kept))
    moved = []
    if kept.label == Person.LABEL:
        moved = await tx.run(
            "introductions/move", old=other.element, new=kept.element, old_id=other.id, new_id=kept.id
        )
    await tx.run("records/delete_nodes", elements=[other.element])
    alias = Identity(NODE_KINDS[kept.label].SLUG, "liaison", other.id)
    if alias.key not in keys:
        row = {"element": kept.element, "properties": stored_identity(alias, other.id, run)}
        await tx.run("records/create_identities", rows=[row])
    added = _added_marks(marks_of(kept), marks_of(other))
    if added:
        await tx.run("records/update_nodes", rows=[{"element": kept.element, "properties": added}])
    return [row["id"] for row in moved]


def _added_marks(kept: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody objected to, or was told, holds for the one they turn out to be."""
    return {name: value for name, value in other.items() if kept.get(name) in (None, False)}
