"""Taking back facts, people, companies and projects that a person says are wrong."""

from __future__ import annotations

from graph.engine.connection import Engine
from graph.model.committee import Opportunity
from graph.model.entities import Company, Entity, Person, Project
from graph.model.facts import TakenBack
from graph.model.records import Source
from graph.records.entering import API, enter_fact, refer
from graph.records.history import BY_HAND
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
_OTHER_ENDS: dict[str, type[Entity]] = {
    "WORKED_AT": Company,
    "WORKED_ON": Project,
    "INTERACTED": Person,
    "ALLIED": Person,
    "SITS_ON": Opportunity,
}
_ENTERED_KEYS: dict[type[Entity], str] = {
    Person: "people/entered_keys",
    Company: "organisations/company_entered_keys",
    Project: "organisations/project_entered_keys",
}
_SOURCE = Source(name=API, dataset=f"{API}:facts", run=BY_HAND, verified=True)


class NotEntered(Exception):
    """It was imported: nothing about it was entered by hand."""


async def remove_fact(engine: Engine, ref: FactRef, viewer: str | None) -> bool:
    """Remove a fact whoever stated it; False when there is none (any more) that the viewer may know.

    Entered records of it go with it. Where an import stated it, it is noted as taken back, and no import brings it
    back (what a human decides wins); entering it by hand does.
    """
    name = _NAMES[ref.type]
    where = {"start": ref.start, "end": ref.end, "key": ref.key}
    rows = await engine.read(f"people/find_{name}", **where, viewer=viewer)
    if not rows:
        return False
    stated = {key for row in rows for key in row["sources"]}
    entered = sorted(key for key in stated if key.startswith(f"{API}|"))
    if stated.difference(entered):
        await _take_back(engine, ref)
    if entered:
        await withdraw_records(engine, _SOURCE, entered)
    await engine.write(f"people/remove_{name}", **where)
    return True


async def _take_back(engine: Engine, ref: FactRef) -> None:
    kind = _OTHER_ENDS[ref.type]
    person = (await refer(engine, Person, [ref.start]))[ref.start]
    other = (await refer(engine, kind, [ref.end]))[ref.end]
    fact = TakenBack(
        person=Person(identities=(person.identity,)),
        other=kind(identities=(other.identity,)),
        fact=ref.type,
        fact_key=ref.key,
    )
    await enter_fact(engine, fact, (person, other))


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
