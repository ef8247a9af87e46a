"""Taking back facts, people, companies and projects that a person says are wrong."""

from __future__ import annotations

from graph.engine.connection import Engine
from graph.model.entities import Company, Entity, Person, Project
from graph.model.records import Source
from graph.records.entering import API, refer
from graph.records.views import FactRef
from graph.records.withdrawal import withdraw_records

__all__ = ["NotEntered", "remove_entity", "remove_fact"]

_NAMES = {
    "WORKED_AT": "employment",
    "WORKED_ON": "project_role",
    "INTERACTED": "interaction",
    "ALLIED": "alliance",
    "SITS_ON": "seat",
}
_ENTERED_KEYS: dict[type[Entity], str] = {
    Person: "people/entered_keys",
    Company: "organisations/company_entered_keys",
    Project: "organisations/project_entered_keys",
}
_SOURCE = Source(name=API, dataset=f"{API}:facts", run="by hand", verified=True)


class NotEntered(Exception):
    """It was imported: nothing about it was entered by hand."""


async def remove_fact(engine: Engine, ref: FactRef, viewer: str | None) -> bool:
    """Remove a fact whoever stated it; False when there is none (any more) that the viewer may know.

    Entered records of it go with it. A row of an import that stated it stays as it is, so the same row read
    again does not bring the fact back.
    """
    name = _NAMES[ref.type]
    where = {"start": ref.start, "end": ref.end, "key": ref.key}
    rows = await engine.read(f"people/find_{name}", **where, viewer=viewer)
    if not rows:
        return False
    entered = sorted({key for row in rows for key in row["sources"] if key.startswith(f"{API}|")})
    if entered:
        await withdraw_records(engine, _SOURCE, entered)
    await engine.write(f"people/remove_{name}", **where)
    return True


async def remove_entity(engine: Engine, kind: type[Entity], node_id: str) -> bool:
    """Take back all that was entered about a person, company or project, the facts at it included.

    True when nothing else knows it, so it is gone; False too when there is none. Raises NotEntered when nothing
    was entered about it.
    """
    if node_id not in await refer(engine, kind, [node_id]):
        return False
    rows = await engine.read(_ENTERED_KEYS[kind], id=node_id, source=API)
    keys = sorted({key for row in rows for key in row["keys"] if key.startswith(f"{API}|")})
    if not keys:
        raise NotEntered
    await withdraw_records(engine, _SOURCE, keys)
    return node_id not in await refer(engine, kind, [node_id])
