"""Evidence: each recorded reason to think that two people know each other, and where it is known from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from graph.records.views import SourceView
from graph.ties import TieExplanation
from graph.ties import evidence as found
from service.api.context import Info
from service.api.values import DateText, Verification, date_text, verification

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
    imported_on: DateText | None = strawberry.field(description="When it was first read as it is now.")
    last_read_on: DateText | None = strawberry.field(description="When it was last read, and said the same.")
    run_id: strawberry.ID | None = strawberry.field(
        description="The import that read it last; null: by hand."
    )
    verified: bool = strawberry.field(description="A human vouched for it.")

    @classmethod
    def of(cls, view: SourceView) -> Source:
        """From what is read back."""
        return cls(
            system=view.system,
            dataset=view.dataset,
            record=view.record,
            imported_on=date_text(view.imported_on),
            last_read_on=date_text(view.last_read_on),
            run_id=strawberry.ID(view.run) if view.run else None,
            verified=view.verified,
        )


async def sources_of(info: Info, keys: Iterable[str]) -> list[Source]:
    """The sources behind record keys, as far as the caller may know them."""
    views = await info.context.load.sources.load_many(sorted(set(keys)))
    shown = info.context.alliances
    return [Source.of(view) for view in views if view is not None and (shown or not _of_alliance(view))]


def _of_alliance(view: SourceView) -> bool:
    """Whether a record's own key tells who is allied with whom: one entered by hand, or a row of alliances.csv."""
    return view.record.partition("|")[0] in ("ALLIED", "NOT_ALLIED", "alliances")


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


@strawberry.interface(description="Both were somewhere at the same time.")
class SharedTime(Evidence):
    """Shared history."""

    months: int = strawberry.field(description="How long they overlapped, all overlaps together.")
    started: DateText | None = strawberry.field(description="The first month together.")
    ended: DateText | None = strawberry.field(description="The last month together.")
    place: strawberry.Private[str]


@strawberry.type(description="They were at one company at the same time.")
class SharedEmployment(SharedTime, Evidence):
    """Overlapping employments."""

    headcount: int = strawberry.field(description="People there in the longest overlap.")
    department: str | None = strawberry.field(description="The department they shared.")

    @strawberry.field(description="Where.")
    async def company(self, info: Info) -> LazyCompany | None:
        """The company."""
        from service.api.organisations import Company

        view = await info.context.load.companies.load(self.place)
        return Company.of(view) if view else None


@strawberry.type(description="They were on one project at the same time.")
class SharedProject(SharedTime, Evidence):
    """Overlapping project roles."""

    size: int = strawberry.field(description="People on it in the longest overlap.")

    @strawberry.field(description="On which.")
    async def project(self, info: Info) -> LazyProject | None:
        """The project."""
        from service.api.organisations import Project

        view = await info.context.load.projects.load(self.place)
        return Project.of(view) if view else None


@strawberry.type(description="They were at one school at the same time.")
class SharedSchool(SharedTime, Evidence):
    """Overlapping studies."""

    school: LazySchool


@strawberry.type(description="They were in one community at the same time.")
class SharedCommunity(SharedTime, Evidence):
    """Overlapping memberships."""

    community: LazyCommunity


@strawberry.interface(description="Something that goes from one of them to the other.")
class DirectedEvidence(Evidence):
    """Evidence with a direction."""

    start: strawberry.Private[str]
    end: strawberry.Private[str]

    @strawberry.field(description="From whom.")
    async def by(self, info: Info) -> LazyPerson | None:
        """The person it starts at."""
        return await _person(info, self.start)

    @strawberry.field(description="To whom.")
    async def to(self, info: Info) -> LazyPerson | None:
        """The person it goes to."""
        return await _person(info, self.end)


async def _person(info: Info, person_id: str) -> Person | None:
    from service.api.people import Person

    view = await info.context.load.people.load(person_id)
    return Person.of(view) if view else None


@strawberry.type(description="`by` reports to `to`.")
class ReportingLine(DirectedEvidence, Evidence):
    """A reporting line."""


@strawberry.type(name="Connection", description="They are connected on a platform, since `observedOn`.")
class PlatformConnection(Evidence):
    """A connection."""


@strawberry.type(
    description="Messages or meetings over one channel, by count and direction; never their content."
)
class Interactions(Evidence):
    """Interactions over one channel."""

    channel: str | None
    sent: int = strawberry.field(description="From the tie's `a` to its `b`.")
    received: int = strawberry.field(description="From the tie's `b` to its `a`.")


@strawberry.type(description="`by` recommended `to` in public.")
class Recommendation(DirectedEvidence, Evidence):
    """A recommendation."""


@strawberry.type(description="`by` endorsed `to` for a skill.")
class Endorsement(DirectedEvidence, Evidence):
    """An endorsement."""

    skill: str | None


@strawberry.type(description="Somebody declared that they are allied; `directed`: `by` leans on `to`.")
class DeclaredAlliance(DirectedEvidence, Evidence):
    """A declared alliance."""

    alliance: str = strawberry.field(description="Its kind, such as `friendship`.")
    strength: float | None = strawberry.field(description="0 to 1, as its author put it.")
    directed: bool


def evidence_of(explanation: TieExplanation | None, *, swapped: bool) -> list[Evidence]:
    """The evidence of a tie, the strongest first. `swapped`: the tie is told from the greater id's side."""
    return [_told(one, swapped) for one in (explanation.evidence if explanation else ())]


def _told(one: found.Evidence, swapped: bool) -> Evidence:
    common: dict[str, Any] = {
        "kind": one.kind,
        "probability": one.probability,
        "verification": verification(one.verification),
        "observed_on": date_text(one.observed_on),
        "text": one.text,
        "counted": one.counted,
        "keys": one.sources,
    }
    if isinstance(one, found.SharedTime):
        return _shared(one, common)
    if isinstance(one, found.Interactions):
        sent, received = (one.received, one.sent) if swapped else (one.sent, one.received)
        return Interactions(channel=one.channel, sent=sent, received=received, **common)
    if isinstance(one, found.Connection):
        return PlatformConnection(**common)
    return _directed(one, common)


def _shared(one: found.SharedTime, common: dict[str, Any]) -> Evidence:
    from service.api.organisations import Community, School

    common |= {
        "months": one.months,
        "started": date_text(one.started),
        "ended": date_text(one.ended),
        "place": one.place_id,
    }
    place_id = strawberry.ID(one.place_id)
    if isinstance(one, found.SharedEmployment):
        return SharedEmployment(headcount=one.headcount, department=one.department, **common)
    if isinstance(one, found.SharedProject):
        return SharedProject(size=one.size, **common)
    if isinstance(one, found.SharedSchool):
        return SharedSchool(school=School(id=place_id, name=one.place), **common)
    return SharedCommunity(community=Community(id=place_id, name=one.place), **common)


def _directed(one: found.Evidence, common: dict[str, Any]) -> Evidence:
    assert isinstance(
        one, found.ReportingLine | found.Recommendation | found.Endorsement | found.DeclaredAlliance
    )
    common |= {"start": one.from_id, "end": one.to_id}
    if isinstance(one, found.Endorsement):
        return Endorsement(skill=one.skill, **common)
    if isinstance(one, found.DeclaredAlliance):
        return DeclaredAlliance(alliance=one.alliance, strength=one.strength, directed=one.directed, **common)
    return (ReportingLine if isinstance(one, found.ReportingLine) else Recommendation)(**common)


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
