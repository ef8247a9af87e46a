"""What people did where: employments, project roles, studies, memberships."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

from graph.records.views import CompanyView, FactView, NamedView, ProjectView
from service.api.confirming import confirmed, stale
from service.api.context import Info
from service.api.evidence import Source, sources_of
from service.api.organisations import Community, Company, Project, School
from service.api.values import DateText, Seniority, date_text, seniority

__all__ = ["Employment", "Membership", "ProjectRole", "Study"]


@strawberry.interface(description="Something somebody did from one date to another.")
class Spell:
    """Dates as precisely as they are known."""

    id: strawberry.ID
    started: DateText | None
    ended: DateText | None
    current: bool = strawberry.field(description="Whether it still held when it was last stated.")
    as_of: DateText | None = strawberry.field(
        description="Known only because they were seen there on this date: start and end are unknown."
    )
    keys: strawberry.Private[tuple[str, ...]]
    kind: strawberry.Private[str]
    says: strawberry.Private[Mapping[str, Any]]

    @strawberry.field(
        description="The newest day on which a source still said so, or a human verified it; null when nobody knows."
    )
    async def confirmed_on(self, info: Info) -> DateText | None:
        """When it was confirmed last."""
        return date_text(await confirmed(info, self.kind, self.says, self.keys))

    @strawberry.field(
        description="It may have ended meanwhile, and nobody has confirmed it for over 12 months."
    )
    async def stale(self, info: Info) -> bool:
        """Whether it is worth checking."""
        return await stale(info, self.kind, self.says, self.keys)

    @strawberry.field(description="Where it is known from.")
    async def sources(self, info: Info) -> list[Source]:
        """The source records behind it."""
        return await sources_of(info, self.keys)


def _spell(fact: FactView[CompanyView] | FactView[ProjectView] | FactView[NamedView]) -> dict[str, object]:
    return {
        "id": strawberry.ID(fact.ref.token),
        "started": date_text(fact.started),
        "ended": date_text(fact.ended),
        "current": fact.current,
        "as_of": date_text(fact.as_of),
        "keys": fact.sources,
        "kind": fact.ref.type,
        "says": fact.says,
    }


@strawberry.type(description="A person at a company.")
class Employment(Spell):
    """An employment."""

    company: Company
    title: str | None
    department: str | None
    seniority: Seniority | None

    @classmethod
    def of(cls, fact: FactView[CompanyView]) -> Employment:
        """From what is read back."""
        return cls(
            company=Company.of(fact.other),
            title=fact.says.get("title"),
            department=fact.says.get("department"),
            seniority=seniority(fact.says.get("seniority")),
            **_spell(fact),  # type: ignore[arg-type]
        )


@strawberry.type(description="A person on a project.")
class ProjectRole(Spell):
    """A project role."""

    project: Project
    role: str | None

    @classmethod
    def of(cls, fact: FactView[ProjectView]) -> ProjectRole:
        """From what is read back."""
        return cls(project=Project.of(fact.other), role=fact.says.get("role"), **_spell(fact))  # type: ignore[arg-type]


@strawberry.type(description="A person at a school.")
class Study(Spell):
    """A study."""

    school: School
    degree: str | None

    @classmethod
    def of(cls, fact: FactView[NamedView]) -> Study:
        """From what is read back."""
        school = School(id=strawberry.ID(fact.other.id), name=fact.other.name)
        return cls(school=school, degree=fact.says.get("degree"), **_spell(fact))  # type: ignore[arg-type]


@strawberry.type(description="A person in a community.")
class Membership(Spell):
    """A membership."""

    community: Community

    @classmethod
    def of(cls, fact: FactView[NamedView]) -> Membership:
        """From what is read back."""
        community = Community(id=strawberry.ID(fact.other.id), name=fact.other.name)
        return cls(community=community, **_spell(fact))  # type: ignore[arg-type]
