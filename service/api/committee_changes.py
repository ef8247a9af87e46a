"""Mutations of an opportunity and the seats on its committee, and decisions on suggested alliances."""

from __future__ import annotations

import strawberry
from strawberry import UNSET

from graph.model import entities
from graph.model.committee import Opportunity as OpportunityEntity
from graph.records import committee_entering as entering
from graph.records.replies import Ticket
from service.api.changes import changed, date_of, external, given, referred, text_of
from service.api.committee_inputs import (
    AddCommitteeMemberInput,
    DecideSuggestedAllianceInput,
    RemoveCommitteeMemberInput,
    SetInfluenceInput,
    UpsertOpportunityInput,
)
from service.api.committee_payloads import (
    CommitteeMemberPayload,
    OpportunityPayload,
    at_member,
    note_of,
    seat_of,
    shown_opportunity,
)
from service.api.context import Info
from service.api.guard import Guarded
from service.api.opportunities import suggestions_of
from service.api.values import InputErrorCode, InputProblem

__all__ = ["CommitteeMutations"]

# Of a suggestion that was confirmed although nothing suggests it (any more).
CONFIRMED_STRENGTH = 0.3


@strawberry.type
class CommitteeMutations:
    """Changes of opportunities and their committees."""

    @strawberry.mutation(
        extensions=[Guarded()], description="Enter an opportunity, or change what was entered."
    )
    async def upsert_opportunity(self, info: Info, input: UpsertOpportunityInput) -> OpportunityPayload:  # noqa: A002
        """Create or change an opportunity."""
        try:
            node_id = await changed(
                info, "upsertOpportunity", input, lambda ticket: _opportunity(info, input, ticket), ties=False
            )
            return OpportunityPayload(opportunity=await shown_opportunity(info, node_id))
        except InputProblem as problem:
            return OpportunityPayload(errors=[problem.error])

    @strawberry.mutation(
        extensions=[Guarded()], description="Seat somebody on a committee, or change the seat."
    )
    async def add_committee_member(
        self,
        info: Info,
        input: AddCommitteeMemberInput,  # noqa: A002
    ) -> CommitteeMemberPayload:
        """Seat a person."""

        async def work(ticket: Ticket | None) -> str:
            return await entering.add_member(
                info.context.engine,
                *await seat_of(info, input.opportunity_id, input.person_id),
                influence=input.influence.value if input.influence else None,
                roles=None if input.roles is None else [role.value for role in input.roles],
                ticket=ticket,
            )

        return await at_member(info, "addCommitteeMember", input, work, input.opportunity_id, input.person_id)

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Take somebody off a committee. What was heard of them counts again should they come back.",
    )
    async def remove_committee_member(
        self,
        info: Info,
        input: RemoveCommitteeMemberInput,  # noqa: A002
    ) -> OpportunityPayload:
        """Take a seat back; taking it back again is no error."""
        engine = info.context.engine
        try:
            await referred(engine, OpportunityEntity, input.opportunity_id, "opportunityId")
            await entering.remove_member(engine, input.opportunity_id, input.person_id)
            info.context.forget()
            return OpportunityPayload(opportunity=await shown_opportunity(info, input.opportunity_id))
        except InputProblem as problem:
            return OpportunityPayload(errors=[problem.error])

    @strawberry.mutation(extensions=[Guarded()], description="Say how much the others listen to a member.")
    async def set_influence(self, info: Info, input: SetInfluenceInput) -> CommitteeMemberPayload:  # noqa: A002
        """Set an influence."""

        async def work(ticket: Ticket | None) -> str:
            seat = await seat_of(info, input.opportunity_id, input.person_id)
            level = input.influence.value
            return await entering.set_influence(info.context.engine, *seat, level, ticket=ticket)

        return await at_member(info, "setInfluence", input, work, input.opportunity_id, input.person_id)

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Confirm a suggested alliance, which counts from then on, or refuse it, and it is not made again.",
    )
    async def decide_suggested_alliance(
        self,
        info: Info,
        input: DecideSuggestedAllianceInput,  # noqa: A002
    ) -> OpportunityPayload:
        """Decide on a suggestion."""

        async def work(ticket: Ticket | None) -> str:
            if input.a_id == input.b_id:
                raise InputProblem(InputErrorCode.INVALID, "This is the same person twice.", "bId")
            opportunity, a = await seat_of(info, input.opportunity_id, input.a_id, "aId")
            b = await referred(info.context.engine, entities.Person, input.b_id, "bId")
            return await entering.decide_suggestion(
                info.context.engine,
                opportunity,
                a,
                b,
                confirmed=input.confirmed,
                strength=await _strength(info, input),
                note=note_of(info, input),
                kind=input.kind.value,
                ticket=ticket,
            )

        try:
            await changed(info, "decideSuggestedAlliance", input, work)
            return OpportunityPayload(opportunity=await shown_opportunity(info, input.opportunity_id))
        except InputProblem as problem:
            return OpportunityPayload(errors=[problem.error])


async def _opportunity(info: Info, asked: UpsertOpportunityInput, ticket: Ticket | None) -> str:
    engine = info.context.engine
    identities = external("opportunity", asked.system, asked.external_id)
    company = None
    if asked.company_id is not None:
        company = await referred(engine, entities.Company, asked.company_id, "companyId")
    if asked.id is None and not identities and (company is None or not asked.name):
        field = "name" if company else "companyId"
        message = "Give id or externalId, or the name and the company."
        raise InputProblem(InputErrorCode.REQUIRED, message, field)
    closes = asked.closes_on
    thresholds = {
        "approve_threshold": _threshold(asked.approve_threshold, "approveThreshold"),
        "stop_threshold": _threshold(asked.stop_threshold, "stopThreshold"),
        "against_threshold": _threshold(asked.against_threshold, "againstThreshold"),
    }
    says = given(
        {
            "name": asked.name if asked.name is UNSET else text_of(asked.name, "name"),
            "stage": asked.stage if asked.stage is UNSET else text_of(asked.stage, "stage"),
            "closes_on": closes if not closes else str(date_of(closes, "closesOn")),
            "amount": asked.amount,
            **thresholds,
        }
    )
    return await entering.enter_opportunity(
        engine,
        opportunity_id=asked.id,
        identities=identities,
        says=says,
        company=company,
        ticket=ticket,
    )


def _threshold(value: float | None, field: str) -> float | None:
    if isinstance(value, float) and not -1.0 <= value <= 1.0:
        raise InputProblem(InputErrorCode.INVALID, "A threshold is a stance: between -1 and 1.", field)
    return value


async def _strength(info: Info, asked: DecideSuggestedAllianceInput) -> float:
    if asked.strength is not None:
        if not 0.0 <= asked.strength <= 1.0:
            raise InputProblem(InputErrorCode.INVALID, "A strength lies between 0 and 1.", "strength")
        return asked.strength
    if not asked.confirmed:
        return 0.0
    found = await suggestions_of(info, asked.opportunity_id)
    pair = {asked.a_id, asked.b_id}
    return next((one.strength for one in found if {one.a.id, one.b.id} == pair), CONFIRMED_STRENGTH)
