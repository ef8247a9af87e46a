"""What people note one at a time: stances and roles as they were heard, signals, personas.

Keyed by what it is about, so that noting it again changes what it says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from graph.committee import NotSeated
from graph.committee.parameters import INTENT
from graph.engine.connection import Engine
from graph.model.committee import CONFIRMATION, ROLE, STANCE, Observation, Opportunity, Persona, Signal
from graph.model.committee_facts import (
    About,
    HasPersona,
    HeardFrom,
    HeardIn,
    ShownBy,
)
from graph.model.dates import PartialDate
from graph.model.entities import Company, Person
from graph.model.facts import Fact
from graph.model.identities import external_identity
from graph.model.records import Record, Source
from graph.records.entering import (
    API,
    Absent,
    Reference,
    Refused,
    enter_record,
)
from graph.records.history import BY_HAND
from graph.records.replies import Ticket
from graph.records.withdrawal import withdraw_records

__all__ = [
    "NotAMember",
    "Note",
    "confirm_role",
    "record_observation",
    "record_role",
    "record_signal",
    "seated",
    "set_persona",
]

# The kind that may speak for a purchase or against it.
_EITHER_WAY = "other"
_SOURCE = Source(name=API, dataset=f"{API}:facts", run=BY_HAND, verified=True)


class NotAMember(Absent):
    """The person does not sit on this committee."""

    def __init__(self, field: str = "personId") -> None:
        super().__init__(field, str(NotSeated()))


@dataclass(frozen=True, slots=True)
class Note:
    """Who noted it, when it was heard or seen, on what evidence, and until when it counts (None: no end)."""

    author: str
    on: PartialDate
    evidence: str = ""
    expires_on: PartialDate | None = None


async def seated(engine: Engine, opportunity: Reference, *people: Reference, field: str = "personId") -> None:
    """Raise NotAMember, naming the input's field, unless all of them sit on the committee."""
    for person in people:
        if not await engine.read("opportunities/seat", opportunity=opportunity.id, person=person.id):
            raise NotAMember(field)


async def record_observation(
    engine: Engine,
    opportunity: Reference,
    about: Reference,
    value: float,
    note: Note,
    *,
    source: str = "direct",
    informant: Reference | None = None,
    reliability: float | None = None,
    ticket: Ticket | None = None,
) -> str:
    """Note a member's stance as it was heard, and answer the observation's id.

    One author has one note a day of what one informant said about one member: the same again replaces it.
    """
    await seated(engine, opportunity, about, field="aboutId")
    heard = _Heard(STANCE, value, note, source=source, informant=informant, reliability=reliability)
    return await enter_record(engine, heard.record(opportunity, about), ticket=ticket)


async def record_role(
    engine: Engine,
    opportunity: Reference,
    about: Reference,
    role: str,
    value: float,
    note: Note,
    *,
    source: str = "direct",
    informant: Reference | None = None,
    reliability: float | None = None,
    ticket: Ticket | None = None,
) -> str:
    """Note what was heard about a buying role: `value` 1 that they hold it, -1 that they do not, or in between.

    Answers the observation's id.
    """
    await seated(engine, opportunity, about)
    heard = _Heard(ROLE, value, note, role=role, source=source, informant=informant, reliability=reliability)
    return await enter_record(engine, heard.record(opportunity, about), ticket=ticket)


async def confirm_role(
    engine: Engine,
    opportunity: Reference,
    person: Reference,
    role: str,
    holds: bool | None,
    note: Note,
    *,
    ticket: Ticket | None = None,
) -> str:
    """Give a human's word on a role: it holds, whatever the evidence says. None takes the word back.

    Of each member and role there is one word, the newest. Answers the person's id.
    """
    await seated(engine, opportunity, person)
    record = _Heard(CONFIRMATION, 1.0 if holds else -1.0, note, role=role).record(opportunity, person)
    if holds is None:
        await withdraw_records(engine, _SOURCE, [f"{API}|{record.key}"])
        if ticket is not None:
            await engine.transact(lambda tx: ticket.store(tx, person.id))
    else:
        await enter_record(engine, record, ticket=ticket, answer=person.id)
    return person.id


@dataclass(frozen=True, slots=True)
class _Heard:
    """An observation to be entered: what was said, by whom, and the note of it."""

    kind: str
    value: float
    note: Note
    role: str = ""
    source: str = ""
    informant: Reference | None = None
    reliability: float | None = None

    def __post_init__(self) -> None:
        # As the model, but naming the input's field.
        if not -1 <= self.value <= 1:
            raise Refused("value", "It lies between -1 and 1.")
        if self.reliability is not None and not 0 <= self.reliability <= 1:
            raise Refused("reliability", "It lies between 0 and 1.")

    def record(self, opportunity: Reference, about: Reference) -> Record:
        """The record, keyed by what it is about."""
        if self.source == "coach_report" and self.informant == about:
            raise Refused(
                "informantId", "A coach reports about somebody else: of themselves they speak directly."
            )
        key = [self.kind, opportunity.id, about.id, self.role]
        if self.kind != CONFIRMATION:
            who = self.informant.id if self.informant else ""
            key += [who, self.source, str(self.note.on), self.note.author]
        observation = Observation(
            identities=(external_identity("observation", API, "|".join(key)),),
            kind=self.kind,
            value=self.value,
            on=self.note.on,
            role=self.role,
            source=self.source,
            reliability=self.reliability,
            author=self.note.author,
            evidence=self.note.evidence,
            expires_on=self.note.expires_on,
        )
        facts: list[Fact] = [
            About(observation=observation, person=_person(about)),
            HeardIn(observation=observation, opportunity=_opportunity(opportunity)),
        ]
        if self.informant is not None:
            facts.append(HeardFrom(observation=observation, informant=_person(self.informant)))
        return Record("|".join(("observation", *key)), (observation,), tuple(facts))


# Signals, personas, suggestions ----------------------------------------------------------------------------------


async def record_signal(
    engine: Engine,
    by: Reference,
    kind: str,
    note: Note,
    *,
    of_company: bool = False,
    weight: float | None = None,
    ticket: Ticket | None = None,
) -> str:
    """Note a sign of intent by a person, or (`of_company`) by a company whose person is unknown. Answers its id.

    One sign of a kind a day by each: the same again changes its weight. Raises Refused (field `weight`) for one beyond
    the most that a sign may weigh, or that turns what its kind means into its opposite.
    """
    _check_weight(kind, weight)
    key = f"{by.id}|{kind}|{note.on}"
    signal = Signal(
        identities=(external_identity("signal", API, key),),
        kind=kind,
        on=note.on,
        weight=weight,
        author=note.author,
        evidence=note.evidence,
    )
    who = Company(identities=(by.identity,)) if of_company else _person(by)
    record = Record(f"signal|{key}", (signal,), (ShownBy(signal=signal, by=who),))
    return await enter_record(engine, record, ticket=ticket)


def _check_weight(kind: str, weight: float | None) -> None:
    most = INTENT.most_weight
    if weight is None:
        return
    if not -most <= weight <= most:
        raise Refused("weight", f"The weight of a signal lies between -{most:g} and {most:g}.")
    usual, _ = INTENT.kinds.get(kind, INTENT.kinds[_EITHER_WAY])
    if kind != _EITHER_WAY and usual * weight < 0:
        speaks, allowed = ("for", "0 or more") if usual > 0 else ("against", "0 or less")
        raise Refused(
            "weight",
            f"A signal of this kind speaks {speaks} a purchase: its weight is {allowed}. Note the opposite as OTHER.",
        )


async def set_persona(
    engine: Engine,
    person: Reference,
    says: Mapping[str, str | None],
    note: Note,
    *,
    ticket: Ticket | None = None,
) -> str:
    """Say how a person buys: fields of `Persona` by name; None takes back, what is left out stays.

    Answers the person's id.
    """
    identity = external_identity("persona", API, person.id)
    rows = await engine.read("records/entered_of_key", key=identity.key, dataset=_SOURCE.dataset)
    before = json.loads(rows[0]["fields"]) if rows else {}
    fields = {**before, **says, "author": note.author, "evidence": note.evidence}
    fields = {name: value for name, value in fields.items() if value and name != "noted_on"}
    persona = Persona(identities=(identity,), noted_on=note.on, **fields)
    record = Record(
        f"persona|{person.id}", (persona,), (HasPersona(person=_person(person), persona=persona),)
    )
    return await enter_record(engine, record, ticket=ticket, answer=person.id)


def _person(reference: Reference) -> Person:
    return Person(identities=(reference.identity,))


def _opportunity(reference: Reference) -> Opportunity:
    return Opportunity(identities=(reference.identity,))
