"""Whether what is known still holds: contradictions of a person, and stale facts worth checking first."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum

import strawberry

from graph.freshness import contradictions, stale
from graph.model.facts import Employment as EmploymentFact
from service.api.careers import Employment, ProjectRole
from service.api.context import Info
from service.api.evidence import Source, sources_of
from service.api.guard import Guarded
from service.api.pages import Connection, decode_cursor, encode_cursor, page_of, page_size
from service.api.people import Person
from service.api.values import DateText, date_text

__all__ = ["Contradiction", "FreshnessQueries", "StaleFact"]


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
        }
        engine = info.context.engine
        found = await stale.stale_facts(engine, after=position, limit=size + 1, **asks)  # type: ignore[arg-type]
        return page_of(
            [(StaleFact.of(one), encode_cursor(*one.position)) for one in found],
            size,
            after,
            lambda: stale.count_stale(engine, **asks),  # type: ignore[arg-type]
        )
