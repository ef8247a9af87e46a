"""Mutations of introductions: drafted along a path, then moved on as they go."""

from __future__ import annotations

from datetime import UTC, date, datetime

import strawberry

from graph.model.committee import Opportunity as OpportunityEntity
from graph.records.introductions import introductions_by_ids, request_introduction, update_introduction
from graph.records.people import people_by_ids
from graph.records.replies import Ticket
from service.api.changes import changed, date_of, referred, text_of
from service.api.committee_inputs import RequestIntroductionInput, UpdateIntroductionInput
from service.api.context import Info
from service.api.guard import Guarded
from service.api.introductions import Introduction, introduction_of
from service.api.values import InputError, InputErrorCode, InputProblem
from service.committee.asking import drafted

__all__ = ["IntroductionMutations"]

LONGEST_DRAFT = 4_000
LONGEST_PATH = 5


@strawberry.type(description="The introduction as it stands now.")
class IntroductionPayload:
    """Answer to a change of an introduction."""

    introduction: Introduction | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type
class IntroductionMutations:
    """Changes of introductions."""

    @strawberry.mutation(
        extensions=[Guarded()], description="Draft a request for an introduction along a path."
    )
    async def request_introduction(self, info: Info, input: RequestIntroductionInput) -> IntroductionPayload:  # noqa: A002
        """Draft an introduction."""
        engine = info.context.engine

        async def work(ticket: Ticket | None) -> str:
            opportunity = None
            if input.opportunity_id is not None:
                opportunity = await referred(engine, OpportunityEntity, input.opportunity_id, "opportunityId")
            path = [str(each) for each in input.path[: LONGEST_PATH + 1]]
            viewer = info.context.viewer
            draft = text_of(input.draft, "draft", longest=LONGEST_DRAFT)
            return await request_introduction(
                engine,
                path,
                viewer,
                author=info.context.known_caller.name,
                on=datetime.now(UTC).date(),
                draft=draft or await drafted(engine, path, viewer, alliances=info.context.alliances),
                opportunity=opportunity,
                ticket=ticket,
            )

        try:
            return await _payload(info, await changed(info, "requestIntroduction", input, work, ties=False))
        except InputProblem as problem:
            return IntroductionPayload(errors=[problem.error])

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Say how far an introduction has come; its outcome teaches the model.",
    )
    async def update_introduction(self, info: Info, input: UpdateIntroductionInput) -> IntroductionPayload:  # noqa: A002
        """Move an introduction on."""

        async def work(ticket: Ticket | None) -> str:
            return await update_introduction(
                info.context.engine,
                str(input.id),
                input.state.value,
                on=_day(input.on),
                author=info.context.known_caller.name,
                note=text_of(input.note, "note"),
                unknown_to_each_other=input.unknown_to_each_other,
                ticket=ticket,
            )

        try:
            return await _payload(info, await changed(info, "updateIntroduction", input, work, ties=False))
        except InputProblem as problem:
            return IntroductionPayload(errors=[problem.error])


def _day(text: str | None) -> date:
    """A day; today for none."""
    told = date_of(text, "on")
    if told is None:
        return datetime.now(UTC).date()
    if told.month is None or told.day is None:
        raise InputProblem(InputErrorCode.INVALID, "Write the day, as in 2026-03-14.", "on")
    return date(told.year, told.month, told.day)


async def _payload(info: Info, introduction_id: str) -> IntroductionPayload:
    engine = info.context.engine
    found = (await introductions_by_ids(engine, [introduction_id])).get(introduction_id)
    if found is None:
        return IntroductionPayload()
    people = await people_by_ids(engine, list(found.path))
    shown = introduction_of(found, people, alliances=info.context.alliances)
    return IntroductionPayload(introduction=shown)
