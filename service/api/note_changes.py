"""Mutations of what was heard and seen: roles, stances, signals, personas."""

from __future__ import annotations

import strawberry
from strawberry import UNSET

from graph.model import entities
from graph.model.committee import PERSONA_FIELDS
from graph.records import committee_notes as entering
from graph.records.replies import Ticket
from service.api.changes import changed, given, referred, text_of
from service.api.committee_inputs import (
    ConfirmRoleInput,
    RecordObservationInput,
    RecordRoleInput,
    RecordSignalInput,
    SetPersonaInput,
)
from service.api.committee_payloads import (
    LONGEST_EVIDENCE,
    CommitteeMemberPayload,
    ObservationPayload,
    at_member,
    at_note,
    informant_of,
    note_of,
    seat_of,
    shown_person,
)
from service.api.context import Info
from service.api.guard import Guarded
from service.api.people import Person
from service.api.values import InputError, InputErrorCode, InputProblem

__all__ = ["NoteMutations"]


@strawberry.type(description="The signal's id.")
class SignalPayload:
    """Answer to a signal."""

    id: strawberry.ID | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="The person whose persona was set; their seats show it.")
class PersonaPayload:
    """Answer to a persona."""

    person: Person | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type
class NoteMutations:
    """Changes of what is known of members."""

    @strawberry.mutation(extensions=[Guarded()], description="Note what was heard of a buying role.")
    async def record_role(self, info: Info, input: RecordRoleInput) -> ObservationPayload:  # noqa: A002
        """Note a role."""

        async def work(ticket: Ticket | None) -> str:
            return await entering.record_role(
                info.context.engine,
                *await seat_of(info, input.opportunity_id, input.person_id),
                input.role.value,
                input.value,
                note_of(info, input),
                source=input.source.value,
                informant=await informant_of(info, input.informant_id),
                reliability=input.reliability,
                ticket=ticket,
            )

        return await at_note(info, "recordRole", input, work, input.person_id)

    @strawberry.mutation(extensions=[Guarded()], description="Settle whether a member holds a buying role.")
    async def confirm_role(self, info: Info, input: ConfirmRoleInput) -> CommitteeMemberPayload:  # noqa: A002
        """Confirm a role, or rule it out."""

        async def work(ticket: Ticket | None) -> str:
            seat = await seat_of(info, input.opportunity_id, input.person_id)
            note = note_of(info, input)
            return await entering.confirm_role(
                info.context.engine, *seat, input.role.value, input.holds, note, ticket=ticket
            )

        return await at_member(info, "confirmRole", input, work, input.opportunity_id, input.person_id)

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Note a stance as it was heard. Needs the right to write stances.",
    )
    async def record_observation(self, info: Info, input: RecordObservationInput) -> ObservationPayload:  # noqa: A002
        """Note a stance."""

        async def work(ticket: Ticket | None) -> str:
            return await entering.record_observation(
                info.context.engine,
                *await seat_of(info, input.opportunity_id, input.about_id, "aboutId"),
                input.value,
                note_of(info, input),
                source=input.source.value,
                informant=await informant_of(info, input.informant_id),
                reliability=input.reliability,
                ticket=ticket,
            )

        return await at_note(info, "recordObservation", input, work, input.about_id)

    @strawberry.mutation(extensions=[Guarded()], description="Note a weak sign of intent.")
    async def record_signal(self, info: Info, input: RecordSignalInput) -> SignalPayload:  # noqa: A002
        """Note a signal."""
        engine = info.context.engine

        async def work(ticket: Ticket | None) -> str:
            if (input.person_id is None) == (input.company_id is None):
                message = "Give exactly one of personId and companyId."
                raise InputProblem(InputErrorCode.INVALID, message, "personId")
            if input.person_id is not None:
                by = await referred(engine, entities.Person, input.person_id, "personId")
            else:
                by = await referred(engine, entities.Company, str(input.company_id), "companyId")
            return await entering.record_signal(
                engine,
                by,
                input.kind.value,
                note_of(info, input),
                of_company=input.person_id is None,
                weight=input.weight,
                ticket=ticket,
            )

        try:
            found = await changed(info, "recordSignal", input, work, ties=False)
            return SignalPayload(id=strawberry.ID(found))
        except InputProblem as problem:
            return SignalPayload(errors=[problem.error])

    @strawberry.mutation(extensions=[Guarded()], description="Note how somebody buys.")
    async def set_persona(self, info: Info, input: SetPersonaInput) -> PersonaPayload:  # noqa: A002
        """Set a persona."""
        engine = info.context.engine

        async def work(ticket: Ticket | None) -> str:
            by = await referred(engine, entities.Person, input.person_id, "personId")
            asked = {name: getattr(input, name) for name in PERSONA_FIELDS}
            said = {
                name: value if value is UNSET else text_of(value, name, longest=LONGEST_EVIDENCE)
                for name, value in asked.items()
            }
            if input.experience is not UNSET:
                said["experience"] = input.experience.value if input.experience else None
            says = given(said)
            if not says:
                message = (
                    f"Say how they buy: give at least one of {', '.join((*PERSONA_FIELDS, 'experience'))}."
                )
                raise InputProblem(InputErrorCode.REQUIRED, message, None)
            return await entering.set_persona(engine, by, says, note_of(info, input), ticket=ticket)

        try:
            found = await changed(info, "setPersona", input, work, ties=False)
            return PersonaPayload(person=await shown_person(info, found))
        except InputProblem as problem:
            return PersonaPayload(errors=[problem.error])
