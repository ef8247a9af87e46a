"""Companies, projects, schools and communities."""

from __future__ import annotations

import strawberry

from graph.model.former_names import FormerName as Former
from graph.records import search
from graph.records.views import CompanyView, ProjectView
from service.api.context import Info
from service.api.guard import Guarded
from service.api.pages import Connection, decode_cursor, encode_cursor, page_of, page_size
from service.api.people import Identity, Person
from service.api.values import DateText, date_text

__all__ = ["Community", "Company", "OrganisationQueries", "Project", "School"]


@strawberry.type(description="A school.")
class School:
    """A school."""

    id: strawberry.ID
    name: str


@strawberry.type(description="An association, a user group, a club.")
class Community:
    """A community."""

    id: strawberry.ID
    name: str


@strawberry.type(description="A name that a company had, and when it last had it.")
class FormerName:
    """A former name."""

    name: str
    until: DateText | None


@strawberry.type(description="A company.")
class Company:
    """A company."""

    id: strawberry.ID
    name: str
    domain: str | None
    headcount: int | None = strawberry.field(description="The known number of people there.")
    industry: str | None
    former_names: list[str]
    formerly: list[FormerName] = strawberry.field(description="The former names, each with its last date.")

    @classmethod
    def of(cls, view: CompanyView) -> Company:
        """From what is read back."""
        former = [Former.parse(each) for each in view.former_names]
        return cls(
            id=strawberry.ID(view.id),
            name=view.name,
            domain=view.domain,
            headcount=view.headcount,
            industry=view.industry,
            former_names=[each.name for each in former],
            formerly=[FormerName(name=each.name, until=date_text(str(each.until or ""))) for each in former],
        )

    @strawberry.field(description="Domains, public pages, ids in other systems.")
    async def identities(self, info: Info) -> list[Identity]:
        """The company's identities."""
        return [Identity.of(each) for each in await info.context.load.company_identities.load(self.id)]

    @strawberry.field(description="Who is known to work or have worked there, by name.")
    async def people(
        self, info: Info, first: int | None = 20, after: str | None = None
    ) -> Connection[Person]:
        """A page of its people."""
        size = page_size(first)
        position = decode_cursor(after, str, str)
        load = info.context.load
        rows = await load.company_people.load((self.id, position, size + 1))
        items = [(Person.of(person), encode_cursor(name, person.id)) for person, name in rows]
        return page_of(items, size, after, lambda: load.company_people_counts.load(self.id))

    @strawberry.field(description="The companies that are declared to belong to it.")
    async def subsidiaries(self, info: Info) -> list[Company]:
        """The company's subsidiaries."""
        return [Company.of(each) for each in (await info.context.load.company_groups.load(self.id))[0]]

    @strawberry.field(description="The companies that it is declared to belong to.")
    async def part_of(self, info: Info) -> list[Company]:
        """The company's parents."""
        return [Company.of(each) for each in (await info.context.load.company_groups.load(self.id))[1]]

    @strawberry.field(description="The projects it runs.")
    async def projects(self, info: Info) -> list[Project]:
        """The company's projects."""
        return [Project.of(each) for each in await info.context.load.company_projects.load(self.id)]


@strawberry.type(description="A project.")
class Project:
    """A project."""

    id: strawberry.ID
    name: str
    size: int | None = strawberry.field(description="How many people worked on it.")
    started: DateText | None
    ended: DateText | None

    @classmethod
    def of(cls, view: ProjectView) -> Project:
        """From what is read back."""
        return cls(
            id=strawberry.ID(view.id),
            name=view.name,
            size=view.size,
            started=date_text(view.started),
            ended=date_text(view.ended),
        )

    @strawberry.field(description="Its ids in other systems.")
    async def identities(self, info: Info) -> list[Identity]:
        """The project's identities."""
        return [Identity.of(each) for each in await info.context.load.project_identities.load(self.id)]

    @strawberry.field(description="The companies it belongs to.")
    async def companies(self, info: Info) -> list[Company]:
        """The project's companies."""
        return [Company.of(each) for each in await info.context.load.project_companies.load(self.id)]

    @strawberry.field(description="Who is known to have worked on it, by name.")
    async def people(
        self, info: Info, first: int | None = 20, after: str | None = None
    ) -> Connection[Person]:
        """A page of its people."""
        size = page_size(first)
        position = decode_cursor(after, str, str)
        load = info.context.load
        rows = await load.project_people.load((self.id, position, size + 1))
        items = [(Person.of(person), encode_cursor(name, person.id)) for person, name in rows]
        return page_of(items, size, after, lambda: load.project_people_counts.load(self.id))


@strawberry.type
class OrganisationQueries:
    """Queries for companies and projects."""

    @strawberry.field(extensions=[Guarded()], description="A company by id.")
    async def company(self, info: Info, id: strawberry.ID) -> Company | None:  # noqa: A002
        """One company."""
        view = await info.context.load.companies.load(id)
        return Company.of(view) if view else None

    @strawberry.field(extensions=[Guarded()], description="A project by id.")
    async def project(self, info: Info, id: strawberry.ID) -> Project | None:  # noqa: A002
        """One project."""
        view = await info.context.load.projects.load(id)
        return Project.of(view) if view else None

    @strawberry.field(
        extensions=[Guarded()],
        description="Companies by name: exact names first, then beginnings, then any words of the name. "
        "An internet domain finds the one behind it.",
    )
    async def search_companies(
        self, info: Info, text: str, first: int | None = 20, after: str | None = None
    ) -> Connection[Company]:
        """A page of hits."""
        size = page_size(first)
        position = decode_cursor(after, int, str, str)
        engine = info.context.engine
        found = await search.search_companies(engine, text, after=position, limit=size + 1)
        items = [(Company.of(each.item), encode_cursor(*each.position)) for each in found]
        return page_of(items, size, after, lambda: search.count_companies(engine, text))
