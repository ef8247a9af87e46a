"""Facts entered one at a time by a person or a system of theirs: records of the source `api`, verified.

What was entered about a node is one record that later entries change field by field; each fact is a record of
its own, keyed by what it says, so that entering it again changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.engine.connection import Engine, Row, Transaction
from graph.model.committee import Opportunity
from graph.model.dates import PartialDate, Spell
from graph.model.entities import Company, Entity, Person, Project
from graph.model.facts import Fact
from graph.model.identities import Identity
from graph.model.records import Record, Source
from graph.records.history import BY_HAND
from graph.records.outcome import Outcome
from graph.records.replies import Ticket
from graph.records.resolution import contradicts
from graph.records.views import API, FactRef
from graph.records.writing import write_records

__all__ = [
    "API",
    "Absent",
    "Disagreement",
    "Missing",
    "Reference",
    "Refused",
    "Unknown",
    "enter_entity",
    "enter_fact",
    "enter_record",
    "known_reference",
    "refer",
]

_WEAK = frozenset({"name", "liaison"})


@dataclass(frozen=True, slots=True)
class _Kind:
    references: str
    by_key: str
    entered: str
    dataset: str


_KINDS: dict[type[Entity], _Kind] = {
    Person: _Kind("people/references", "people/id_of_key", "people/entered", f"{API}:people"),
    Company: _Kind(
        "organisations/company_references",
        "organisations/company_id_of_key",
        "organisations/company_entered",
        f"{API}:companies",
    ),
    Project: _Kind(
        "organisations/project_references",
        "organisations/project_id_of_key",
        "organisations/project_entered",
        f"{API}:projects",
    ),
    Opportunity: _Kind(
        "opportunities/references",
        "opportunities/id_of_key",
        "opportunities/entered",
        f"{API}:opportunities",
    ),
}


class Unknown(Exception):
    """There is no such node."""


class Refused(ValueError):
    """A value that cannot be entered; `field` names it."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


class Missing(Refused):
    """A value that must be given; `field` names it."""


class Absent(Refused):
    """What a value names is not there; `field` names the value."""


class Disagreement(Exception):
    """The identities given belong to different nodes; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A known node: its id and an identity by which records refer to it."""

    id: str
    identity: Identity


async def refer(engine: Engine, kind: type[Entity], ids: Sequence[str]) -> dict[str, Reference]:
    """References to known nodes by id; unknown ids are left out."""
    rows = await engine.read(_KINDS[kind].references, ids=sorted(set(ids)))
    return {row["id"]: _reference(kind, row) for row in rows}


def _reference(kind: type[Entity], row: Row) -> Reference:
    # A name alone is the weakest way to mean a company, and a former id may leave when people are parted again.
    system, value, url = min(row["identities"], key=lambda each: (each[0] in _WEAK, each[0], each[1]))
    return Reference(row["id"], Identity(kind.SLUG, system, value, url))


async def enter_entity(
    engine: Engine,
    kind: type[Entity],
    *,
    node_id: str | None,
    identities: Sequence[Identity],
    says: Mapping[str, Any],
    states: Callable[[Entity], Sequence[Fact]] = lambda entity: (),
    ticket: Ticket | None = None,
) -> str:
    """Create or change a node by id or identities, and answer its id.

    `states` gives the facts that belong to what is entered: those it gave before and gives no more are taken back.

    `says` holds fields by name (dates as text); None takes back what was entered before, and what is left out
    stays. Raises Unknown, Disagreement, Missing, Refused, and ValueError for values the model refuses.
    """
    known = await known_reference(engine, kind, node_id, identities)
    given = list(identities)
    if known is not None:
        given = [known.identity, *(i for i in identities if i.key != known.identity.key)]

    async def changed(tx: Transaction) -> list[Record]:
        # Read within the transaction: a rival's change of another field at the same instant must not get lost.
        key, before = await _entered(tx, kind, known, given)
        entity = _built(kind, tuple(given), {**before, **says})
        if known is None and not entity.name:
            raise Missing("name", f"A new {kind.SLUG} needs a name.")
        return [Record(key, (entity,), tuple(states(entity)))]

    kept = False

    async def keep(tx: Transaction, outcome: Outcome) -> None:
        nonlocal kept
        rows = await tx.run(_KINDS[kind].by_key, key=given[0].key) if ticket is not None else []
        if ticket is not None and rows and not outcome.conflicts:
            await ticket.store(tx, rows[0]["id"])
            kept = True

    source = Source(name=API, dataset=_KINDS[kind].dataset, run=BY_HAND, verified=True)
    outcome = await write_records(engine, source, changed, also=keep)
    _refuse_conflicts(outcome)
    found = str((await engine.read(_KINDS[kind].by_key, key=given[0].key))[0]["id"])
    if ticket is not None and not kept:
        # A rival wrote the very same while this transaction began to read: it saw the record, not yet the node.
        await engine.transact(lambda tx: ticket.store(tx, found))
    return found


async def _entered(
    tx: Transaction, kind: type[Entity], known: Reference | None, given: Sequence[Identity]
) -> tuple[str, dict[str, Any]]:
    """The key of the record that holds what was entered about a node, and what it says so far."""
    key = f"{kind.SLUG}|{given[0].key}"
    if known is not None:
        rows = await tx.run(_KINDS[kind].entered, id=known.id, dataset=_KINDS[kind].dataset)
        if rows:
            return rows[0]["key"].partition("|")[2], json.loads(rows[0]["fields"])
    else:
        for row in await tx.run("records/histories", keys=[f"{API}|{key}"]):
            return key, json.loads(row["record"]["fields"])
    return key, {}


async def enter_fact(
    engine: Engine,
    fact: Fact,
    ends: tuple[Reference, Reference],
    *,
    private_to: str | None = None,
    ticket: Ticket | None = None,
    answer: str | None = None,
) -> FactRef:
    """State a fact between two known nodes; the same fact again changes nothing.

    `private_to`: the team member who alone may use it, who must be one of the ends. `answer` is what to store
    for the ticket instead of the fact's id.
    """
    ref = FactRef(fact.TYPE, ends[0].id, ends[1].id, fact.natural_key())
    key = "|".join((fact.TYPE, ref.start, ref.end, ref.key, *((private_to,) if private_to else ())))
    record = Record(key, fact.ends(), (fact,))
    await enter_record(engine, record, private_to=private_to, ticket=ticket, answer=answer or ref.token)
    return ref


async def enter_record(
    engine: Engine,
    record: Record,
    *,
    private_to: str | None = None,
    ticket: Ticket | None = None,
    answer: str | None = None,
) -> str:
    """Enter a record of facts as it is, and answer `answer`, or else the id of the node that it is about.

    The same record again changes nothing; under the same key, what it said before and says no more is taken back.
    """
    source = Source(name=API, dataset=f"{API}:facts", run=BY_HAND, private_to=private_to, verified=True)
    key = record.entities[0].keys[0]
    kept = False

    async def keep(tx: Transaction, outcome: Outcome) -> None:
        nonlocal kept
        if ticket is None or outcome.conflicts:
            return
        rows = [] if answer else await tx.run("records/resolve", keys=[key])
        if answer or rows:
            await ticket.store(tx, answer or rows[0]["properties"]["id"])
            kept = True

    outcome = await write_records(engine, source, [record], also=keep)
    _refuse_conflicts(outcome)
    found = answer or str((await engine.read("records/resolve", keys=[key]))[0]["properties"]["id"])
    if ticket is not None and not kept:
        # As in `enter_entity`: a rival wrote the very same while this transaction began to read.
        await engine.transact(lambda tx: ticket.store(tx, found))
    return found


async def known_reference(
    engine: Engine, kind: type[Entity], node_id: str | None, identities: Sequence[Identity]
) -> Reference | None:
    """The one node meant by an id and identities, None when there is none. Raises Unknown and Disagreement."""
    strong = [identity for identity in identities if identity.system != "name"]
    ids = ({node_id} if node_id else set()) | await _holders(engine, kind, strong)
    found = await refer(engine, kind, sorted(ids)) if ids else {}
    if node_id and node_id not in found:
        raise Unknown
    if len(found) > 1:
        raise Disagreement(
            f"These identities belong to {len(found)} different records: give fewer, or the id."
        )
    return next(iter(found.values()), None) or await _namesake(engine, kind, identities)


async def _holders(engine: Engine, kind: type[Entity], identities: Sequence[Identity]) -> set[str]:
    rows = [row for each in identities for row in await engine.read(_KINDS[kind].by_key, key=each.key)]
    return {row["id"] for row in rows}


async def _namesake(engine: Engine, kind: type[Entity], identities: Sequence[Identity]) -> Reference | None:
    """The node of that name, unless it and the identities given contradict each other."""
    ids = await _holders(engine, kind, [identity for identity in identities if identity.system == "name"])
    for row in await engine.read(_KINDS[kind].references, ids=sorted(ids)) if ids else ():
        values: dict[str, set[str]] = {}
        for system, value, _ in row["identities"]:
            values.setdefault(system, set()).add(value)
        if not contradicts(identities, values):
            return _reference(kind, row)
    return None


def _built(kind: type[Entity], identities: tuple[Identity, ...], fields: Mapping[str, Any]) -> Entity:
    """An entity from stored fields: as `Entity.fields` writes them."""
    said = {name: value for name, value in fields.items() if value is not None}
    if "former_names" in said:
        said["former_names"] = tuple(said["former_names"])
    if "closes_on" in said:
        said["closes_on"] = PartialDate.parse(said["closes_on"])
    if kind is Project:
        started, ended = said.pop("started", None), said.pop("ended", None)
        first, last = (PartialDate.parse(text) if text else None for text in (started, ended))
        try:
            said["spell"] = Spell(first, last)
        except ValueError as error:
            raise Refused("ended", str(error)) from None
    return kind(identities=identities, **said)


def _refuse_conflicts(outcome: Outcome) -> None:
    if outcome.suppressed:
        raise Disagreement(
            "They asked not to be stored, or were deleted: take them off the list of suppressed people first."
        )
    for conflict in outcome.conflicts:
        raise Disagreement(f"{conflict.reason}: {conflict.fix}.")
