"""Taking facts and people back that a person says are wrong."""

from __future__ import annotations

from graph.engine.connection import Engine
from graph.model.records import Source
from graph.records.entering import API
from graph.records.people import people_by_ids
from graph.records.views import FactRef
from graph.records.withdrawal import withdraw_records

__all__ = ["NotEntered", "remove_fact", "remove_person"]

_NAMES = {
    "WORKED_AT": "employment",
    "WORKED_ON": "project_role",
    "INTERACTED": "interaction",
    "ALLIED": "alliance",
    "SITS_ON": "seat",
}
_SOURCE = Source(name=API, dataset=f"{API}:facts", run="by hand", verified=True)


class NotEntered(Exception):
    """The person was imported: nothing about them was entered by hand."""


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


async def remove_person(engine: Engine, person_id: str) -> bool:
    """Take back all that was entered about a person; True when nothing else knows them, so they are gone.

    Raises NotEntered when nothing was entered about them.
    """
    rows = await engine.read("people/entered_keys", id=person_id, source=API)
    keys = sorted({key for row in rows for key in row["keys"] if key.startswith(f"{API}|")})
    if not keys:
        raise NotEntered
    await withdraw_records(engine, _SOURCE, keys)
    return person_id not in await people_by_ids(engine, [person_id])
