"""What people enter about an opportunity one at a time: the deal, its committee, decided suggestions.

As everything entered by hand: records of the source `api`, each keyed by what it is about, so that entering it again
changes what it says. References name known nodes (`graph.records.entering.refer`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.engine.connection import Engine
from graph.model.committee import Opportunity
from graph.model.committee_facts import (
    NotAllied,
    Seat,
    SoughtAt,
)
from graph.model.entities import Company, Entity, Person
from graph.model.facts import Alliance, Fact
from graph.model.identities import Identity, row_identity
from graph.model.records import Record
from graph.records.committee_notes import Note, seated
from graph.records.entering import (
    API,
    Reference,
    Refused,
    enter_entity,
    enter_fact,
    enter_record,
    known_reference,
    refer,
)
from graph.records.removing import remove_fact
from graph.records.replies import Ticket
from graph.records.views import FactRef

__all__ = [
    "add_member",
    "decide_suggestion",
    "enter_opportunity",
    "remove_member",
    "set_influence",
]


# The opportunity and its committee ------------------------------------------------------------------------------


async def enter_opportunity(
    engine: Engine,
    *,
    opportunity_id: str | None,
    identities: Sequence[Identity],
    says: Mapping[str, Any],
    company: Reference | None,
    ticket: Ticket | None = None,
) -> str:
    """Create or change an opportunity, and answer its id. Without id and identities it is known by name and company.

    `says`: name, stage, closes_on (text), amount, approve_threshold, stop_threshold, against_threshold; None takes
    back, what is left out stays, and so does the company. Raises as `enter_entity`.
    """
    given = list(identities)
    if opportunity_id is None and not given and company is not None:
        given = [row_identity("opportunity", str(says.get("name") or ""), company.id)]
    known = await known_reference(engine, Opportunity, opportunity_id, given)
    if known is None and company is None:
        raise Refused("companyId", "A new opportunity needs the company where it is sought.")
    if known is not None and company is None:
        rows = await engine.read("opportunities/entered_company", id=known.id, entered=API)
        if rows:
            company = (await refer(engine, Company, [rows[0]["id"]]))[rows[0]["id"]]

    def states(entity: Entity) -> tuple[Fact, ...]:
        assert isinstance(entity, Opportunity)
        if company is None:
            return ()
        return (SoughtAt(opportunity=entity, company=Company(identities=(company.identity,))),)

    return await enter_entity(
        engine,
        Opportunity,
        node_id=opportunity_id,
        identities=given,
        says=says,
        states=states,
        ticket=ticket,
    )


async def add_member(
    engine: Engine,
    opportunity: Reference,
    person: Reference,
    *,
    influence: str | None = None,
    roles: Sequence[str] | None = None,
    ticket: Ticket | None = None,
) -> str:
    """Seat a person on a committee, or change their seat: None keeps what is stored. Answers the person's id."""
    rows = await engine.read("opportunities/seat", opportunity=opportunity.id, person=person.id)
    before = rows[0]["seat"] if rows else {}
    seat = Seat(
        person=_person(person),
        opportunity=_opportunity(opportunity),
        influence=influence or before.get("influence"),
        roles=tuple(before.get("roles") or () if roles is None else roles),
    )
    await enter_fact(engine, seat, (person, opportunity), ticket=ticket, answer=person.id)
    return person.id


async def set_influence(
    engine: Engine,
    opportunity: Reference,
    person: Reference,
    influence: str,
    *,
    ticket: Ticket | None = None,
) -> str:
    """Say how much the others listen to a member. Answers the person's id; raises NotAMember."""
    await seated(engine, opportunity, person)
    return await add_member(engine, opportunity, person, influence=influence, ticket=ticket)


async def remove_member(engine: Engine, opportunity_id: str, person_id: str) -> bool:
    """Take a person off a committee, whoever said that they sit there; False when they do not.

    What was heard about them stays, and counts again should they be added once more; no import brings them back.
    """
    return await remove_fact(engine, FactRef(Seat.TYPE, person_id, opportunity_id, ""), None)


async def decide_suggestion(
    engine: Engine,
    opportunity: Reference,
    a: Reference,
    b: Reference,
    *,
    confirmed: bool,
    strength: float,
    note: Note,
    kind: str = "affinity",
    ticket: Ticket | None = None,
) -> str:
    """Confirm that two members are allied, with kind and strength, or refuse it: then it is not suggested again.

    Holds in this opportunity; deciding again replaces the decision. Answers "<lesser id>|<greater id>".
    """
    await seated(engine, opportunity, a, field="aId")
    await seated(engine, opportunity, b, field="bId")
    first, second = (a, b) if a.id < b.id else (b, a)
    fact: Fact
    if confirmed:
        fact = Alliance(
            a=_person(first),
            b=_person(second),
            opportunity_key=opportunity.identity.key,
            kind=kind,
            strength=strength,
            author=note.author,
            noted_on=note.on,
            evidence=note.evidence,
            expires_on=note.expires_on,
        )
    else:
        fact = NotAllied(a=_person(first), b=_person(second), opportunity_key=opportunity.identity.key)
    pair = f"{first.id}|{second.id}"
    record = Record(f"suggestion|{opportunity.id}|{pair}", fact.ends(), (fact,))
    return await enter_record(engine, record, ticket=ticket, answer=pair)


def _person(reference: Reference) -> Person:
    return Person(identities=(reference.identity,))


def _opportunity(reference: Reference) -> Opportunity:
    return Opportunity(identities=(reference.identity,))
