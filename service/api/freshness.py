"""Whether what is known still holds: contradictions of a person, and stale facts worth checking first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from enum import Enum

import strawberry

from graph.freshness import changes, contradictions, job_changes, stale
from graph.model.dates import PartialDate
from graph.model.facts import Employment as EmploymentFact
from service.api.careers import Employment, ProjectRole
from service.api.context import Info
from service.api.evidence import Source, sources_of
from service.api.guard import Guarded
from service.api.organisations import Company
from service.api.pages import Connection, decode_cursor, encode_cursor, page_of, page_size
from service.api.people import Person
from service.api.values import DateText, date_text
from service.audit.noting import note_people
from service.errors import ErrorCode, ServiceError
from service.security.permissions import STANCES_READ, allowed

__all__ = ["Contradiction", "FreshnessQueries", "JobChange", "StaleFact"]


class DisplayRule(Enum):
    """What decided between the shown value and the next best."""

    VERIFIED = contradictions.VERIFIED
    NEWEST = contradictions.NEWEST
    MOST_COMPLETE = contradictions.MOST_COMPLETE
    BY_KEY = contradictions.BY_KEY


DisplayRuleEnum = strawberry.enum(
    DisplayRule,
    description="VERIFIED: a human entered or verified it. NEWEST: it was stated last (a post: begun or seen last). "
    "MOST_COMPLETE: its record says most. BY_KEY: they are equal in all that; the order of their records decides.",
)


@strawberry.type(description="One of the values that sources give.")
class ContradictingValue:
    """A value."""

    value: str
    shown: bool = strawberry.field(description="It is the one shown.")
    fact_id: strawberry.ID | None = strawberry.field(
        description="The employment behind it, for `verifyFact` or `removeEmployment`; null for a field of the person."
    )
    keys: strawberry.Private[tuple[str, ...]]

    @strawberry.field(description="Who says so, and when; none where only others may know.")
    async def sources(self, info: Info) -> list[Source]:
        """The source records behind it."""
        return await sources_of(info, self.keys)


@strawberry.type(description="Sources say different things about a field: the value shown comes first.")
class Contradiction:
    """A contradiction."""

    field: str = strawberry.field(
        description="`name`, `headline`, `location`, `employer` (several at once) or `title`."
    )
    rule: DisplayRule = strawberry.field(description="What decided which value is shown.")
    values: list[ContradictingValue]

    @classmethod
    def of(cls, found: contradictions.Contradiction) -> Contradiction:
        """From what is read back."""
        return cls(
            field=found.field,
            rule=DisplayRule(found.rule),
            values=[
                ContradictingValue(
                    value=one.text,
                    shown=one.shown,
                    fact_id=strawberry.ID(one.fact) if one.fact else None,
                    keys=one.sources,
                )
                for one in found.values
            ],
        )


@strawberry.type(description="A post or project role that nobody has confirmed for over 12 months.")
class StaleFact:
    """A fact worth checking."""

    id: strawberry.ID = strawberry.field(description="For `verifyFact`.")
    person: Person
    employment: Employment | None
    project_role: ProjectRole | None
    confirmed_on: DateText | None
    carries: float = strawberry.field(
        description="Over the members of open committees, the sum of the strengths of the best path over this person."
    )
    known_to_team: int = strawberry.field(description="How many of ours know the person.")
    reason: str = strawberry.field(description="Why it should be checked, in words.")

    @classmethod
    def of(cls, found: stale.StaleFact) -> StaleFact:
        """From what is read back."""
        employed = found.fact.ref.type == EmploymentFact.TYPE
        return cls(
            id=strawberry.ID(found.fact.ref.token),
            person=Person.of(found.person),
            employment=Employment.of(found.fact) if employed else None,
            project_role=None if employed else ProjectRole.of(found.fact),
            confirmed_on=date_text(found.confirmed),
            carries=found.weight.carries,
            known_to_team=found.weight.ours,
            reason=found.reason,
        )


class JobChangeKind(Enum):
    """What changed."""

    LEFT = job_changes.LEFT
    JOINED = job_changes.JOINED
    MOVED = job_changes.MOVED
    NEW_TITLE = job_changes.NEW_TITLE


JobChangeKindEnum = strawberry.enum(
    JobChangeKind,
    description="LEFT: nowhere new is known. JOINED: besides what was known. MOVED: left one, now at "
    "another. NEW_TITLE: at the same company.",
)


@strawberry.type(description="What a change of job is good for in an open opportunity.")
class JobChangeMoment:
    """A moment that a change opens."""

    kind: str = strawberry.field(
        description="`contact_arrived`: somebody whom ours know is at the company now. `member_left`, "
        "`member_promoted`: of the committee; needs stances:read."
    )
    opportunity_id: strawberry.ID
    opportunity_name: str
    text: str


@strawberry.type(description="A change of job that was noticed between two imports of one source.")
class JobChange:
    """A change of job."""

    person: Person
    kind: JobChangeKind
    text: str = strawberry.field(description="The change in a sentence.")
    from_company: Company | None = strawberry.field(description="Null when it is not stored any more, too.")
    to_company: Company | None
    from_title: str | None
    to_title: str | None
    last_seen_on: DateText = strawberry.field(description="When the source last said the old.")
    noticed_on: DateText = strawberry.field(description="When the source first said the new.")
    started: DateText | None = strawberry.field(description="Since when, where the source says so.")
    moments: list[JobChangeMoment]
    keys: strawberry.Private[tuple[str, ...]]

    @classmethod
    def of(cls, found: changes.Change) -> JobChange:
        """From what is read back."""
        says = found.says
        note_people(one.names for one in found.moments if one.names)
        return cls(
            person=Person.of(found.person),
            kind=JobChangeKind(says.kind),
            text=found.text,
            from_company=Company.of(found.old) if found.old else None,
            to_company=Company.of(found.new) if found.new else None,
            from_title=says.old_title or None,
            to_title=says.new_title or None,
            last_seen_on=DateText(says.last_seen),
            noticed_on=DateText(says.noticed),
            started=date_text(says.started),
            moments=[
                JobChangeMoment(
                    kind=one.kind,
                    opportunity_id=strawberry.ID(one.opportunity),
                    opportunity_name=one.opportunity_name,
                    text=one.text,
                )
                for one in found.moments
            ],
            keys=found.sources,
        )

    @strawberry.field(description="Who told of it.")
    async def sources(self, info: Info) -> list[Source]:
        """The source records behind it."""
        return await sources_of(info, self.keys)


@strawberry.type
class FreshnessQueries:
    """Queries for what may no longer hold."""

    @strawberry.field(
        extensions=[Guarded()],
        description="Facts that nobody has confirmed for over 12 months, of the people on whom the best paths rest: "
        "first whoever carries most paths to open committees, then whoever our team knows best.",
    )
    async def stale_facts(
        self, info: Info, first: int | None = 20, after: str | None = None
    ) -> Connection[StaleFact]:
        """A page of stale facts."""
        size, position = page_size(first), decode_cursor(after, float, float, str, str)
        asks = {
            "viewer": info.context.viewer,
            "sees": info.context.sees,
            "today": datetime.now(UTC).date(),
            "committees": allowed(info.context.caller, STANCES_READ),
        }
        engine = info.context.engine
        found = await stale.stale_facts(engine, after=position, limit=size + 1, **asks)  # type: ignore[arg-type]
        return page_of(
            [(StaleFact.of(one), encode_cursor(*one.position)) for one in found],
            size,
            after,
            lambda: stale.count_stale(engine, **asks),  # type: ignore[arg-type]
        )

    @strawberry.field(
        extensions=[Guarded()],
        description="Who left, joined, moved or got another title, as noticed between two imports of one source, the "
        "newest first. `since`: the day on which the newer one was read.",
    )
    async def changes(
        self, info: Info, since: DateText, first: int | None = 20, after: str | None = None
    ) -> Connection[JobChange]:
        """A page of changes of job."""
        size, position = page_size(first), decode_cursor(after, str, str, str)
        try:
            day = str(PartialDate.parse(since))
        except ValueError as error:
            raise ServiceError(ErrorCode.BAD_REQUEST, f"since: {error}.") from None
        context = info.context
        found = await changes.changes_since(context.engine, day, viewer=context.viewer, sees=context.sees)
        page = [one for one in found if position is None or one.position < position][: size + 1]
        told = await changes.with_moments(
            context.engine, page, viewer=context.viewer, committees=allowed(context.caller, STANCES_READ)
        )
        return page_of(
            [(JobChange.of(one), encode_cursor(*one.position)) for one in told], size, after, _counted(found)
        )


def _counted(found: Sequence[object]) -> Callable[[], Awaitable[int]]:
    async def count() -> int:
        return len(found)

    return count
