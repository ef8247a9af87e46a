"""Two nodes that turn out to be one: a record carries an identity of each, and equal identities are one person.

Two nodes that hold different identities of one system (two LinkedIn pages, two ids of one CRM) are never
joined by a file: the record is refused, and a human decides.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.engine.connection import Transaction
from graph.model.entities import Entity, Person
from graph.records.resolution import PLURAL_SYSTEMS, Node
from graph.records.stored_facts import FactTable
from graph.records.transfer import apply_facts, load_facts

__all__ = ["join_known"]


async def join_known(
    tx: Transaction, entities: Iterable[Entity], known: dict[str, Node], *, write: bool
) -> None:
    """Join the known nodes that one description's identities prove to be one; `known` is brought up to date.

    Without `write` (a dry run) only `known` changes.
    """
    for entity in entities:
        strong = [i.key for i in entity.identities if i.system != "name" and i.key in known]
        if len({id(known[key]) for key in strong}) < 2:
            continue
        kept, *others = dict.fromkeys(known[key] for key in strong)
        for other in others:
            if not await _compatible(tx, kept, other):
                continue
            if write:
                await _join(tx, kept, other)
            for key, node in known.items():
                if node is other:
                    known[key] = kept
            for system, values in other.values.items():
                kept.values.setdefault(system, set()).update(values)
            kept.named_by |= other.named_by
            kept.properties = {**other.properties, **kept.properties}


async def _compatible(tx: Transaction, a: Node, b: Node) -> bool:
    systems: list[set[str]] = []
    rows = await tx.run("records/identities_of", elements=[a.element, b.element])
    for row in rows:
        systems.append({key.split(":", 2)[1] for key in row["keys"]} - PLURAL_SYSTEMS)
    return len(systems) < 2 or not systems[0] & systems[1]


async def _join(tx: Transaction, kept: Node, other: Node) -> None:
    assert kept.element and other.element
    table = FactTable()
    await load_facts(tx, table, {kept.element, other.element})
    touched = table.replace_end(other.element, kept.element)
    await tx.run("records/move_identities", old=other.element, new=kept.element)
    await tx.run("records/move_records", old=other.element, new=kept.element)
    if kept.label == Person.LABEL:
        await tx.run(
            "introductions/move", old=other.element, new=kept.element, old_id=other.id, new_id=kept.id
        )
    await apply_facts(tx, table, {})
    await tx.run("records/delete_nodes", elements=[other.element])
    changes = {name: value for name, value in other.properties.items() if name not in kept.properties}
    rows = [{"element": kept.element, "properties": {**changes, "pending": True}}]
    rows += [{"element": element, "properties": {"pending": True}} for element in sorted(touched)]
    # The old id keeps answering.
    alias = {"label": kept.label.lower(), "system": "liaison", "value": other.id, "url": None}
    alias["key"] = f"{alias['label']}:liaison:{other.id}"
    await tx.run("records/create_identities", rows=[{"element": kept.element, "properties": alias}])
    await tx.run("records/update_nodes", rows=rows)
