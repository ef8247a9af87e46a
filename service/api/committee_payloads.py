"""What the mutations of a committee share: their payloads, seats and notes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import strawberry

from graph.model import entities
from graph.model.committee import Opportunity as OpportunityEntity
from graph.records.committee_notes import Note
from graph.records.entering import Reference
from graph.records.opportunities import opportunities_by_ids
from graph.records.people import people_by_ids
from graph.records.replies import Ticket
from service.api.changes import changed, date_of, referred, text_of, today
from service.api.committee_beliefs import CommitteeMember
from service.api.committee_shown import members
from service.api.context import Info
from service.api.opportunities import Opportunity, room_of
from service.api.people import Person
from service.api.values import InputError, InputErrorCode, InputProblem

__all__ = [
    "LONGEST_EVIDENCE",
    "CommitteeMemberPayload",
    "ObservationPayload",
    "OpportunityPayload",
    "at_member",
    "at_note",
    "informant_of",
    "note_of",
    "seat_of",
    "shown_opportunity",
    "shown_person",
]

LONGEST_EVIDENCE = 4_000
Work = Callable[[Ticket | None], Awaitable[str]]


@strawberry.type(description="The opportunity as it stands now.")
class OpportunityPayload:
    """Answer to a change of an opportunity."""

    opportunity: Opportunity | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="The opportunity and the member as they stand now.")
class CommitteeMemberPayload:
    """Answer to a change at a member."""

    opportunity: Opportunity | None = None
    person: Person | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)

    @strawberry.field(
        description="Null when they do not sit on the committee. Needs the right to read stances."
    )
    async def member(self, info: Info) -> CommitteeMember | None:
        """The member."""
        if self.opportunity is None or self.person is None:
            return None
        shown = members(await room_of(info, self.opportunity.id))
        return next((one for one in shown if one.person.id == self.person.id), None)


@strawberry.type(description="The note's id, with the opportunity and the member as they stand now.")
class ObservationPayload(CommitteeMemberPayload):
    """Answer to a note."""

    id: strawberry.ID | None = None


async def seat_of(
    info: Info, opportunity_id: str, person_id: str, field: str = "personId"
) -> tuple[Reference, Reference]:
    engine = info.context.engine
    opportunity = await referred(engine, OpportunityEntity, opportunity_id, "opportunityId")
    return opportunity, await referred(engine, entities.Person, person_id, field)


async def informant_of(info: Info, person_id: str | None) -> Reference | None:
    if person_id is None:
        return None
    return await referred(info.context.engine, entities.Person, person_id, "informantId")


def note_of(info: Info, asked: Any) -> Note:
    """Who notes it, when, on what evidence, until when it counts. INVALID for what lies ahead."""
    now = today()
    on = date_of(getattr(asked, "on", None), "on") or now
    if str(on) > str(now)[: len(str(on))]:
        raise InputProblem(
            InputErrorCode.INVALID, "This date lies ahead: note what was heard until now.", "on"
        )
    return Note(
        author=info.context.known_caller.name,
        on=on,
        evidence=text_of(asked.evidence, "evidence", longest=LONGEST_EVIDENCE),
        expires_on=date_of(getattr(asked, "expires_on", None), "expiresOn"),
    )


async def shown_opportunity(info: Info, opportunity_id: str) -> Opportunity | None:
    view = (await opportunities_by_ids(info.context.engine, [opportunity_id])).get(opportunity_id)
    return Opportunity.of(view) if view else None


async def shown_person(info: Info, person_id: str) -> Person | None:
    view = (await people_by_ids(info.context.engine, [person_id])).get(person_id)
    return Person.of(view) if view else None


async def at_member(
    info: Info, name: str, asked: Any, work: Work, opportunity_id: str, person_id: str
) -> CommitteeMemberPayload:
    try:
        await changed(info, name, asked, work, ties=False)
    except InputProblem as problem:
        return CommitteeMemberPayload(errors=[problem.error])
    opportunity, person = await shown_opportunity(info, opportunity_id), await shown_person(info, person_id)
    return CommitteeMemberPayload(opportunity=opportunity, person=person)


async def at_note(info: Info, name: str, asked: Any, work: Work, person_id: str) -> ObservationPayload:
    try:
        note = await changed(info, name, asked, work, ties=False)
    except InputProblem as problem:
        return ObservationPayload(errors=[problem.error])
    opportunity, person = (
        await shown_opportunity(info, asked.opportunity_id),
        await shown_person(info, person_id),
    )
    return ObservationPayload(id=strawberry.ID(note), opportunity=opportunity, person=person)
