"""Between a batch and the engine: facts and statements about nodes read in, facts written back."""

from __future__ import annotations

import json
from typing import Any

from graph.engine.connection import Row, Transaction
from graph.model.kinds import FACT_TYPES, NODE_KINDS
from graph.records.display import Said
from graph.records.resolution import Node
from graph.records.stored_facts import FactTable, StoredFact

__all__ = ["CREATE_NODES", "apply_facts", "drop_unsupported", "load_facts", "node_from", "read_said"]

CREATE_NODES = {
    "Person": "records/create_people",
    "Company": "records/create_companies",
    "Project": "records/create_projects",
    "School": "records/create_schools",
    "Community": "records/create_communities",
    "Opportunity": "records/create_opportunities",
    "Observation": "records/create_observations",
    "Signal": "records/create_signals",
    "Persona": "records/create_personas",
}
if CREATE_NODES.keys() != NODE_KINDS.keys():
    raise AssertionError("every kind of node needs a statement that creates it")

_CREATE_FACTS = {
    "WORKED_AT": "records/create_worked_at",
    "WORKED_ON": "records/create_worked_on",
    "RUN_BY": "records/create_run_by",
    "STUDIED_AT": "records/create_studied_at",
    "MEMBER_OF": "records/create_member_of",
    "CONNECTED": "records/create_connected",
    "INTERACTED": "records/create_interacted",
    "RECOMMENDED": "records/create_recommended",
    "ENDORSED": "records/create_endorsed",
    "REPORTS_TO": "records/create_reports_to",
    "ALLIED": "records/create_allied",
    "SOUGHT_AT": "records/create_sought_at",
    "SITS_ON": "records/create_sits_on",
    "ABOUT": "records/create_about",
    "HEARD_IN": "records/create_heard_in",
    "HEARD_FROM": "records/create_heard_from",
    "SHOWN_BY": "records/create_shown_by",
    "HAS_PERSONA": "records/create_has_persona",
    "NOT_ALLIED": "records/create_not_allied",
    "TAKEN_BACK": "records/create_taken_back",
    "PART_OF": "records/create_part_of",
}
if _CREATE_FACTS.keys() != FACT_TYPES.keys():
    raise AssertionError("every kind of fact needs a statement that creates it")


def node_from(row: Row) -> Node:
    """A node of the batch from a row with label, element and properties."""
    return Node(row["label"], row["properties"]["id"], row["element"], row["properties"])


async def load_facts(tx: Transaction, table: FactTable, elements: set[str]) -> None:
    """Read the stored facts at these nodes into the table."""
    if elements:
        for row in await tx.run("records/facts_of", elements=sorted(elements)):
            table.load(row["element"], row["facts"])


async def read_said(tx: Transaction, elements: set[str], *, without: set[str]) -> dict[str, list[Said]]:
    """What the source records of these nodes say, but for the records named in `without`."""
    said: dict[str, list[Said]] = {}
    if elements:
        for row in await tx.run("records/said", elements=sorted(elements)):
            if row["key"] not in without:
                statement = Said(row["key"], json.loads(row["fields"]), row["seen_on"], bool(row["verified"]))
                said.setdefault(row["element"], []).append(statement)
    return said


async def apply_facts(tx: Transaction, table: FactTable, elements: dict[str, str]) -> None:
    """Write a table's new, changed and vanished facts; `elements` maps new nodes to their element ids."""
    created: dict[str, list[dict[str, Any]]] = {}
    for fact in table.created():
        row = {
            "start": elements.get(fact.start, fact.start),
            "end": elements.get(fact.end, fact.end),
            "properties": fact.properties,
        }
        created.setdefault(fact.type, []).append(row)
    for kind, statement in _CREATE_FACTS.items():
        if kind in created:
            await tx.run(statement, rows=created[kind])
    updated = [_found(fact) | {"properties": fact.properties} for fact in table.updated()]
    if updated:
        await tx.run("records/update_facts", rows=updated)
    deleted = [_found(fact) for fact in table.deleted()]
    if deleted:
        await tx.run("records/delete_facts", rows=deleted)


async def drop_unsupported(tx: Transaction, elements: set[str]) -> list[str]:
    """Remove those of these nodes that no record describes and no fact mentions any more; answers their labels."""
    rows = await tx.run("records/unsupported", elements=sorted(elements)) if elements else []
    if rows:
        await tx.run("records/delete_nodes", elements=[row["element"] for row in rows])
    return [row["label"] for row in rows]


def _found(fact: StoredFact) -> dict[str, Any]:
    return {"anchor": fact.anchor, "element": fact.element}
