"""A human vouches for a fact as it stands: a source of its own, with author and day.

It is a record like any other, so that merging, splitting, erasure and access requests treat it like any other. The
fact stays when the imports that stated it are withdrawn. Where a newer reading says otherwise about the very same fact
(that it has ended, say), the newer word counts: a human vouched for what was so on their day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.engine.connection import Engine
from graph.model.dates import PartialDate, Spell
from graph.model.entities import Company, Person, Project
from graph.model.facts import Employment, Fact, ProjectRole
from graph.model.records import Record, Source
from graph.records.entering import API, Reference, Refused, Unknown, enter_record, refer
from graph.records.people import employments_of, people_by_ids, project_roles_of
from graph.records.replies import Ticket
from graph.records.views import EVERYBODY, FactRef, FactView
from graph.records.withdrawal import withdraw_records

__all__ = ["VERIFIABLE", "unverify_fact", "verify_fact"]

VERIFIABLE = frozenset({Employment.TYPE, ProjectRole.TYPE})
_MARK = "verified"
_SOURCE = Source(name=API, dataset=f"{API}:facts", run="by hand", verified=True)
_AGAIN = {
    "INTERACTED": "Enter contact anew with recordInteraction: that dates it.",
    "ALLIED": "Declare the alliance anew with declareAlliance: that dates it.",
}


async def verify_fact(
    engine: Engine,
    ref: FactRef,
    *,
    by: str,
    on: date,
    viewer: str | None,
    sees: str | None = EVERYBODY,
    ticket: Ticket | None = None,
) -> str:
    """Note that `by` vouches for a fact on a day, and answer its token; the same again changes nothing.

    A spell seen on dates is thereby seen on that day, too. Raises Unknown where there is no such fact that the viewer
    may know, and Refused for kinds of facts that are confirmed in another way.
    """
    if ref.type not in VERIFIABLE:
        raise Refused("id", _AGAIN.get(ref.type, "Only employments and project roles can be verified."))
    found = await _found(engine, ref, viewer)
    person = (await people_by_ids(engine, [ref.start])).get(ref.start)
    if found is None or person is None or not person.known_by(sees):
        raise Unknown
    start = (await refer(engine, Person, [ref.start]))[ref.start]
    end = (await refer(engine, Company if ref.type == Employment.TYPE else Project, [ref.end]))[ref.end]
    fact = _restated(ref, found.says, start, end, on)
    key = "|".join((ref.type, ref.start, ref.end, ref.key, _MARK))
    record = Record(key, fact.ends(), (fact,), {"verified_by": by, "verified_on": on.isoformat()})
    # Whom private imports alone brought stays known to their owner alone.
    owner = None
    if person.known_to:
        owner = viewer if viewer in person.known_to else person.known_to[0]
    return await enter_record(engine, record, private_to=owner, ticket=ticket, answer=ref.token)


async def unverify_fact(
    engine: Engine, ref: FactRef, *, viewer: str | None, sees: str | None = EVERYBODY
) -> bool:
    """Take back what humans vouched for of a fact; False when nobody did, as far as the caller may know.

    What nothing else states goes with it.
    """
    person = (await people_by_ids(engine, [ref.start])).get(ref.start)
    if ref.type not in VERIFIABLE or person is None or not person.known_by(sees):
        return False
    found = await _found(engine, ref, viewer)
    keys = [key for key in found.sources if _is_mark(key)] if found else []
    if not keys:
        return False
    await withdraw_records(engine, _SOURCE, keys)
    return True


def _is_mark(key: str) -> bool:
    return key.startswith(f"{API}|") and key.endswith(f"|{_MARK}")


async def _found(engine: Engine, ref: FactRef, viewer: str | None) -> FactView[Any] | None:
    views: dict[str, list[Any]]
    if ref.type == Employment.TYPE:
        views = {**await employments_of(engine, [ref.start], viewer)}
    else:
        views = {**await project_roles_of(engine, [ref.start], viewer)}
    return next((view for view in views.get(ref.start, ()) if view.ref == ref), None)


def _restated(ref: FactRef, says: Any, start: Reference, end: Reference, on: date) -> Fact:
    person = Person(identities=(start.identity,))
    spell = _spell(says, on)
    if ref.type == Employment.TYPE:
        return Employment(
            person=person,
            company=Company(identities=(end.identity,)),
            title=says.get("title") or "",
            department=says.get("department") or "",
            seniority=says.get("seniority") or "",
            spell=spell,
        )
    project = Project(identities=(end.identity,))
    return ProjectRole(person=person, project=project, role=says.get("role") or "", spell=spell)


def _spell(says: Any, on: date) -> Spell:
    if says.get("as_of") and says.get("current"):
        day = PartialDate(on.year, on.month, on.day)
        return Spell(day, day, current=True, as_of=True)
    first, last = (
        PartialDate.parse(text) if (text := says.get(name)) else None for name in ("started", "ended")
    )
    return Spell(first, last, bool(says.get("current")), bool(says.get("as_of")))
