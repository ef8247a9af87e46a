"""Evidence: each recorded reason to think that two people know each other, and where it is known from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.records.views import SourceView
from graph.ties import TieExplanation
from service.api.context import Info
from service.api.values import AllianceKind, DateText, Verification, date_text

if TYPE_CHECKING:
    from service.api.organisations import Community, Company, Project, School
    from service.api.people import Person

__all__ = ["EVIDENCE_TYPES", "Evidence", "Source", "evidence_of", "sources_of"]

LazyPerson = Annotated["Person", strawberry.lazy("service.api.people")]
LazyCompany = Annotated["Company", strawberry.lazy("service.api.organisations")]
LazyProject = Annotated["Project", strawberry.lazy("service.api.organisations")]
LazySchool = Annotated["School", strawberry.lazy("service.api.organisations")]
LazyCommunity = Annotated["Community", strawberry.lazy("service.api.organisations")]


@strawberry.type(description="One row of one source.")
class Source:
    """Where something is known from."""

    system: str = strawberry.field(
        description="The name the source was imported under; `api`: entered by hand."
    )
    dataset: str = strawberry.field(description="The file within the source.")
    record: str = strawberry.field(description="The row within the file.")
    imported_on: DateText | None = strawberry.field(description="When it was last read.")
    verified: bool = strawberry.field(description="A human vouched for it.")

    @classmethod
    def of(cls, view: SourceView) -> Source:
        """From what is read back."""
        return cls(
            system=view.system,
            dataset=view.dataset,
            record=view.record,
            imported_on=date_text(view.imported_on),
            verified=view.verified,
        )


async def sources_of(info: Info, keys: Iterable[str]) -> list[Source]:
    """The sources behind record keys, as far as the caller may know them."""
    found = await info.context.load.sources.load_many(sorted(set(keys)))
    return [Source.of(view) for view in found if view is not None]


@strawberry.interface(description="One recorded reason to think that two people know each other.")
class Evidence:
    """Evidence of any kind."""

    kind: str
    probability: float = strawberry.field(description="That they know each other, on this alone.")
    verification: Verification
    observed_on: DateText | None = strawberry.field(description="The last date it is known for.")
    text: str = strawberry.field(description="The reason in words.")
    counted: bool = strawberry.field(
        description="Of each kind only the strongest counts towards the tie, and nothing below the floor."
    )
    keys: strawberry.Private[tuple[str, ...]]

    @strawberry.field(description="Where it is known from.")
    async def sources(self, info: Info) -> list[Source]:
        """The source records behind it."""
        return await sources_of(info, self.keys)


@strawberry.type(description="They were at one company at the same time.")
class SharedEmployment(Evidence):
    """Overlapping employments."""

    company: LazyCompany | None
    months: int = strawberry.field(description="How long they overlapped.")
    headcount: int | None = strawberry.field(description="People there then.")
    department: str | None = strawberry.field(description="The department they shared.")


@strawberry.type(description="They were on one project at the same time.")
class SharedProject(Evidence):
    """Overlapping project roles."""

    project: LazyProject | None
    months: int
    size: int | None = strawberry.field(description="People on it then.")


@strawberry.type(description="They were at one school at the same time.")
class SharedSchool(Evidence):
    """Overlapping studies."""

    school: LazySchool | None
    months: int


@strawberry.type(description="They were in one community at the same time.")
class SharedCommunity(Evidence):
    """Overlapping memberships."""

    community: LazyCommunity | None
    months: int


@strawberry.type(description="One of them reports to the other.")
class ReportingLine(Evidence):
    """A reporting line."""

    report: LazyPerson | None
    manager: LazyPerson | None


@strawberry.type(name="Connection", description="They are connected on a platform.")
class PlatformConnection(Evidence):
    """A connection."""

    connected_on: DateText | None


@strawberry.type(description="Messages or meetings, by count and direction; never their content.")
class Interactions(Evidence):
    """Interactions over one channel."""

    channel: str | None
    sent: int = strawberry.field(description="From the tie's `a` to its `b`.")
    received: int = strawberry.field(description="From the tie's `b` to its `a`.")


@strawberry.type(description="One of them recommended the other in public.")
class Recommendation(Evidence):
    """A recommendation."""

    by: LazyPerson | None


@strawberry.type(description="One of them endorsed the other for a skill.")
class Endorsement(Evidence):
    """An endorsement."""

    by: LazyPerson | None
    skill: str | None


@strawberry.type(description="Somebody declared that they are allied.")
class DeclaredAlliance(Evidence):
    """A declared alliance."""

    alliance: AllianceKind | None
    strength: float | None
    directed: bool


EVIDENCE_TYPES: tuple[type[Evidence], ...] = (
    SharedEmployment,
    SharedProject,
    SharedSchool,
    SharedCommunity,
    ReportingLine,
    PlatformConnection,
    Interactions,
    Recommendation,
    Endorsement,
    DeclaredAlliance,
)


async def evidence_of(info: Info, explanation: TieExplanation | None) -> list[Evidence]:
    """The evidence of a tie, the strongest first."""
    return []
