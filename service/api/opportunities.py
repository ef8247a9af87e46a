"""Opportunities: the deal, its committee, and everything the committee model says of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

import strawberry
from strawberry.types.nodes import SelectedField, Selection

from graph.committee import NotSeated
from graph.records.opportunities import count_opportunities, list_opportunities, opportunities_by_ids
from graph.records.opportunity_views import OpportunityView
from graph.ties import read_shared_history
from service.api import committee_advice, committee_shown
from service.api.committee_beliefs import (
    Camps,
    CommitteeMember,
    Decision,
    Gates,
    Intent,
    Outlook,
    SuggestedAlliance,
)
from service.api.committee_plans import (
    Coverage,
    EntryPath,
    Moment,
    NextIntroduction,
    NextQuestion,
    RedFlag,
    Reference,
    Segment,
    TeamAssignment,
)
from service.api.context import Info
from service.api.guard import Guarded
from service.api.introductions import Introduction, introductions_in
from service.api.organisations import Company
from service.api.pages import Connection, decode_cursor, encode_cursor, page_of, page_size, within_limit
from service.api.people import Alliance
from service.api.values import DateText, date_text
from service.committee import Room
from service.committee.suggesting import pairs_to_explain, suggest
from service.errors import ErrorCode, ServiceError
from service.security.permissions import ALLIANCES_READ, STANCES_READ, allowed, require

__all__ = ["Opportunity", "OpportunityQueries", "room_of", "suggestions_of"]

T = TypeVar("T")
# Up to so many members an answer takes milliseconds, and changing threads costs more.
QUICK_SIZE = 40
MOST_SHOWN = 25
MOST_GROUPS = 10
MOST_OWNED = 1_000


async def room_of(info: Info, opportunity_id: str) -> Room:
    """The room of an opportunity, for callers who may read stances; NOT_FOUND when there is none."""
    require(info.context.caller, STANCES_READ)
    room = await info.context.load.rooms.load(opportunity_id)
    if room is None:
        raise ServiceError(ErrorCode.NOT_FOUND, "There is no opportunity with this id.")
    return room


async def suggestions_of(info: Info, opportunity_id: str) -> list[SuggestedAlliance]:
    """The suggested alliances of an opportunity."""
    room = await room_of(info, opportunity_id)
    shared = await read_shared_history(info.context.engine, pairs_to_explain(room))
    return committee_shown.suggestions(room, suggest(room, shared))


@strawberry.type(
    description="A deal at a company, and its buying committee. What is thought of people needs the right to read "
    "stances, and who is bound to whom that to read alliances; a key without them is refused those fields alone."
)
class Opportunity:
    """An opportunity; its room is read once an operation, when the first field needs it."""

    id: strawberry.ID
    name: str
    company: Company
    stage: str | None
    closes_on: DateText | None
    amount: float | None

    @classmethod
    def of(cls, view: OpportunityView) -> Opportunity:
        """From what is read back."""
        assert view.company is not None
        return cls(
            id=strawberry.ID(view.id),
            name=view.name,
            company=Company.of(view.company),
            stage=view.stage,
            closes_on=date_text(view.closes_on),
            amount=view.amount,
        )

    async def _asked(self, info: Info, question: Callable[[Room], T]) -> T:
        """An answer from the room; for many members computed beside the loop, as some then take long."""
        room = await room_of(info, self.id)
        if room.committee.size <= QUICK_SIZE:
            return question(room)
        return await asyncio.to_thread(question, room)

    @strawberry.field(description="Who decides, those who move the others most first.")
    async def committee(self, info: Info) -> list[CommitteeMember]:
        """The members."""
        return await self._asked(info, committee_shown.members)

    @strawberry.field(description="Declared alliances between members that hold here.")
    async def alliances(self, info: Info) -> list[Alliance]:
        """The alliances."""
        require(info.context.caller, ALLIANCES_READ)
        return await self._asked(info, committee_shown.alliances)

    @strawberry.field(description="Alliances worth asking about.")
    async def suggested_alliances(self, info: Info) -> list[SuggestedAlliance]:
        """The suggestions."""
        require(info.context.caller, ALLIANCES_READ)
        return await suggestions_of(info, self.id)

    @strawberry.field(description="The split into camps with the fewest violated alliances.")
    async def camps(self, info: Info, groups: int = 2) -> Camps:
        """The camps."""
        require(info.context.caller, ALLIANCES_READ)
        most = within_limit(groups, MOST_GROUPS, "groups", 1)
        return await self._asked(info, lambda room: committee_shown.camps(room, room.camps(most)))

    @strawberry.field(description="The probability that the gates pass.")
    async def outlook(self, info: Info) -> Outlook:
        """The outlook."""
        return await self._asked(info, lambda room: Outlook.of(room.outlook, room.gates))

    @strawberry.field(description="Where the economic buyer is expected to settle, and who makes it so.")
    async def decision(self, info: Info) -> Decision:
        """The decision score."""
        return await self._asked(info, committee_shown.decision)

    @strawberry.field(description="The probability of a purchase at all.")
    async def intent(self, info: Info) -> Intent:
        """The intent."""
        return await self._asked(info, lambda room: Intent.of(room.intent))

    @strawberry.field(description="Warnings, the gravest first.")
    async def red_flags(self, info: Info) -> list[RedFlag]:
        """The red flags."""
        return await self._asked(info, committee_advice.red_flags)

    @strawberry.field(description="When somebody can be influenced, the soonest to pass first.")
    async def moments(self, info: Info) -> list[Moment]:
        """The moments."""
        return await self._asked(info, committee_advice.moments)

    @strawberry.field(description="Whom to ask about whom, what narrows the decision most first.")
    async def next_questions(self, info: Info, first: int = 5) -> list[NextQuestion]:
        """The questions."""
        most = within_limit(first, MOST_SHOWN, "first")
        return await self._asked(info, lambda room: committee_advice.next_questions(room, most))

    @strawberry.field(description="The chance that each member has heard of us through someone they trust.")
    async def coverage(self, info: Info) -> Coverage:
        """The coverage."""
        return await self._asked(info, committee_advice.coverage)

    @strawberry.field(description="The introductions that raise coverage most.")
    async def next_introductions(self, info: Info, first: int = 3) -> list[NextIntroduction]:
        """The next introductions."""
        most = within_limit(first, MOST_SHOWN, "first")
        return await self._asked(info, lambda room: committee_advice.next_introductions(room, most))

    @strawberry.field(description="Ways in, ranked by what they do inside.")
    async def entry_paths(self, info: Info, first: int = 5) -> list[EntryPath]:
        """The entry paths."""
        most = within_limit(first, MOST_SHOWN, "first")
        return await self._asked(info, lambda room: committee_advice.entry_paths(room, most))

    @strawberry.field(description="Who could vouch for us: to one member, or to any of them.")
    async def references(
        self, info: Info, person_id: strawberry.ID | None = None, first: int = 5
    ) -> list[Reference]:
        """The references."""
        most = within_limit(first, MOST_SHOWN, "first")
        if person_id is not None and (await room_of(info, self.id)).facts.member(person_id) is None:
            raise ServiceError(ErrorCode.NOT_FOUND, str(NotSeated()))
        return await self._asked(info, lambda room: committee_advice.references(room, person_id, most))

    @strawberry.field(description="Who of ours should own whom of theirs.")
    async def team_assignment(self, info: Info, max_per_member: int = 3) -> TeamAssignment:
        """The assignment."""
        load = within_limit(max_per_member, MOST_OWNED, "maxPerMember")
        return await self._asked(info, lambda room: committee_advice.team_assignment(room, load))

    @strawberry.field(description="The committee by experience and buying style.")
    async def segments(self, info: Info) -> list[Segment]:
        """The segments."""
        return await self._asked(info, committee_advice.segments)

    @strawberry.field(description="The thresholds of its gates.")
    async def thresholds(self, info: Info) -> Gates:
        """The gates."""
        return await self._asked(info, lambda room: Gates.of(room.gates))

    @strawberry.field(description="Introductions that were drafted or asked for, the newest first.")
    async def introductions(self, info: Info) -> list[Introduction]:
        """The introductions."""
        return introductions_in(await room_of(info, self.id), alliances=info.context.alliances)


PLAIN = frozenset({"id", "name", "company", "stage", "closesOn", "amount", "__typename"})


def _asks_for_more(selected: Sequence[Selection], depth: int = 0) -> bool:
    """Whether a field of the opportunity is asked for that needs its room."""
    for one in selected:
        if isinstance(one, SelectedField) and depth > 0:
            if one.name not in PLAIN:
                return True
        elif _asks_for_more(one.selections, depth + 1):
            return True
    return False


@strawberry.type
class OpportunityQueries:
    """Queries for opportunities."""

    @strawberry.field(extensions=[Guarded()], description="An opportunity by id.")
    async def opportunity(self, info: Info, id: strawberry.ID) -> Opportunity | None:  # noqa: A002
        """One opportunity."""
        if _asks_for_more(info.selected_fields) and allowed(info.context.caller, STANCES_READ):
            # What follows needs the room: it knows the opportunity, too.
            room = await info.context.load.rooms.load(id)
            return Opportunity.of(room.facts.opportunity) if room else None
        view = (await opportunities_by_ids(info.context.engine, [id])).get(id)
        return Opportunity.of(view) if view else None

    @strawberry.field(
        extensions=[Guarded()], description="Opportunities by name, of all companies or of one."
    )
    async def opportunities(
        self,
        info: Info,
        company_id: strawberry.ID | None = None,
        first: int | None = 20,
        after: str | None = None,
    ) -> Connection[Opportunity]:
        """A page of opportunities."""
        size = page_size(first)
        position = decode_cursor(after, str, str)
        engine = info.context.engine
        found = await list_opportunities(engine, company_id=company_id, after=position, limit=size + 1)
        items = [(Opportunity.of(view), encode_cursor(name, view.id)) for view, name in found]
        return page_of(items, size, after, lambda: count_opportunities(engine, company_id=company_id))
